# A gather is itself a future, and gathers with others.
import asyncio

from clock import now


async def work(name, seconds):
    await asyncio.sleep(seconds)
    return f"{name}@{now()}"


async def main():
    inner = asyncio.gather(work("a", 2), work("b", 1))
    print(await asyncio.gather(inner, work("c", 1), asyncio.gather(work("d", 3))))


asyncio.run(main())
