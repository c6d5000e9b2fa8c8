# First in first out, last in first out, smallest first.
import asyncio


async def main():
    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        queue = kind()
        for item in (3, 1, 4, 1, 5, 9, 2, 6):
            await queue.put(item)
        print([await queue.get() for _ in range(queue.qsize())])


asyncio.run(main())
