# Three stages joined by two queues, and a sentinel that ends them.
import asyncio

from clock import now


async def numbers(out):
    for i in range(4):
        await out.put(i)
        await asyncio.sleep(1)
    await out.put(None)


async def squares(source, out):
    while (i := await source.get()) is not None:
        await out.put(i * i)
    await out.put(None)


async def main():
    first, second = asyncio.Queue(1), asyncio.Queue(1)
    tasks = [asyncio.create_task(numbers(first)), asyncio.create_task(squares(first, second))]
    while (square := await second.get()) is not None:
        print(square, now())
    await asyncio.gather(*tasks)


asyncio.run(main())
