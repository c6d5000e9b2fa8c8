# Cancelling who waits leaves alone those waited for.
import asyncio

from clock import now


async def waiter(tasks):
    try:
        await asyncio.wait(tasks)
    except asyncio.CancelledError:
        print("waiter cancelled", now())
        raise


async def main():
    tasks = [asyncio.create_task(asyncio.sleep(s, s)) for s in (2, 3)]
    waiting = asyncio.create_task(waiter(tasks))
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.wait([waiting])
    print(await asyncio.gather(*tasks), now())


asyncio.run(main())
