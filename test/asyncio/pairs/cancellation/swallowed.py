# A task that swallows its cancellation finishes as if nothing had been; the count stays.
import asyncio

from clock import now


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("swallowed")
    await asyncio.sleep(1)
    return "finished"


async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(1)
    task.cancel()
    print(await task, now())
    print(task.cancelled(), task.cancelling())


asyncio.run(main())
