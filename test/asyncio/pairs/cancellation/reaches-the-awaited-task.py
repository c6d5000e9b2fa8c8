# Cancelling a waiter cancels the task it awaits, and so the other waiters of that task.
import asyncio


async def shared():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print("shared", repr(error))
        raise


async def waiter(name, task):
    try:
        await task
    except asyncio.CancelledError as error:
        print(name, repr(error), asyncio.current_task().cancelling())
        raise


async def main():
    task = asyncio.create_task(shared())
    one = asyncio.create_task(waiter("one", task))
    two = asyncio.create_task(waiter("two", task))
    await asyncio.sleep(1)
    one.cancel("enough")
    await asyncio.wait([one, two])
    print(task.cancelled(), one.cancelled(), two.cancelled())


asyncio.run(main())
