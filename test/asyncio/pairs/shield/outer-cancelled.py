# A shield takes the cancellation; what is inside runs on.
import asyncio

from clock import now


async def work():
    await asyncio.sleep(2)
    print("work done", now())
    return "work"


async def outer(task):
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError as error:
        print("outer", repr(error), task.done())
        raise


async def main():
    task = asyncio.create_task(work())
    waiting = asyncio.create_task(outer(task))
    await asyncio.sleep(1)
    waiting.cancel("outer only")
    await asyncio.wait([waiting])
    print(waiting.cancelled(), await task, now())


asyncio.run(main())
