# A cancelled parent cancels the children and gets a bare CancelledError, unless a child fails.
import asyncio


async def child(name, fail):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("child", name)
        if fail:
            raise ValueError(name)
        raise


async def parent(fail):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("a", False))
            group.create_task(child("b", fail))
    except BaseException as error:
        print("parent", repr(error), asyncio.current_task().cancelling())
        raise


async def main():
    for fail in (False, True):
        task = asyncio.create_task(parent(fail))
        await asyncio.sleep(1)
        task.cancel("outside")
        await asyncio.wait([task])
        print(task.cancelled())


asyncio.run(main())
