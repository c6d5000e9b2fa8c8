# A lock goes to those who wait in the order they came.
import asyncio

from clock import now


async def worker(name, lock):
    async with lock:
        print(name, "has it", now())
        await asyncio.sleep(1)
    print(name, "let go", now())


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*[worker(name, lock) for name in "abc"])
    print(lock.locked())


asyncio.run(main())
