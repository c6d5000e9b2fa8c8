# One after the other takes the sum; together takes the longest.
import asyncio

from clock import now


async def work(name, seconds):
    print(name, "starts", now())
    await asyncio.sleep(seconds)
    print(name, "ends", now())
    return name


async def main():
    print(await work("a", 1), await work("b", 2))
    print(await asyncio.gather(work("c", 2), work("d", 1)))
    print(now())


asyncio.run(main())
