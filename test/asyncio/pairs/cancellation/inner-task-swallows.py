# Where the awaited task swallows, the outer one gets its value and was not cancelled.
import asyncio


async def inner():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        return "inner value"


async def outer(task):
    return await task


async def main():
    task = asyncio.create_task(inner())
    waiting = asyncio.create_task(outer(task))
    await asyncio.sleep(1)
    waiting.cancel()
    print(await waiting, waiting.cancelled(), waiting.cancelling(), task.cancelling())


asyncio.run(main())
