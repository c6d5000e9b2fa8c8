# Two loops over two generators take turns.
import asyncio

from clock import now


async def ticks(name, seconds):
    for i in range(3):
        await asyncio.sleep(seconds)
        yield f"{name}{i}"


async def follow(name, seconds):
    async for tick in ticks(name, seconds):
        print(tick, now())


async def main():
    await asyncio.gather(follow("a", 1), follow("b", 1.5))


asyncio.run(main())
