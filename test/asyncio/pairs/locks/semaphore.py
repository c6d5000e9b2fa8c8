# A semaphore lets so many in, and the next when one leaves.
import asyncio

from clock import now


async def worker(name, permits):
    async with permits:
        print(name, "in", now())
        await asyncio.sleep(1 if name == "a" else 2)
    print(name, "out", now())


async def main():
    permits = asyncio.Semaphore(2)
    await asyncio.gather(*[worker(name, permits) for name in "abcde"])
    print(permits.locked())


asyncio.run(main())
