# Cancelling the task that awaits a gather cancels every child, and one that swallows gives no value back.
import asyncio


async def child(name, swallow):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("child", name)
        if not swallow:
            raise
    return name


async def parent():
    try:
        print(await asyncio.gather(child("a", True), child("b", True)))
    except asyncio.CancelledError as error:
        print("parent", repr(error))
        raise


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel("parent")
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
