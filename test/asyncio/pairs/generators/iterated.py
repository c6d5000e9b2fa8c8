# An async generator yields between its own awaits.
import asyncio

from clock import now


async def countdown(n):
    while n:
        await asyncio.sleep(1)
        yield n
        n -= 1
    print("lift-off", now())


async def main():
    async for i in countdown(3):
        print(i, now())


asyncio.run(main())
