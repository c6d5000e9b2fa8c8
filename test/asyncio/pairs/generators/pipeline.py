# Generators that read generators, and one that stops early.
import asyncio

from clock import now


async def count():
    for i in range(100):
        await asyncio.sleep(1)
        yield i


async def even(source):
    async for i in source:
        if i % 2 == 0:
            yield i


async def squares(source):
    async for i in source:
        yield i * i


async def main():
    async for i in squares(even(count())):
        print(i, now())
        if i > 10:
            break


asyncio.run(main())
