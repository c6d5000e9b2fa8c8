# A cancelled getter leaves the item in the queue for the next.
import asyncio


async def getter(name, queue):
    print(name, "got", await queue.get())


async def main():
    queue = asyncio.Queue()
    first = asyncio.create_task(getter("first", queue))
    second = asyncio.create_task(getter("second", queue))
    await asyncio.sleep(1)
    queue.put_nowait("item")
    first.cancel()
    await asyncio.sleep(1)
    print(first.cancelled(), second.done(), queue.qsize())
    third = asyncio.create_task(getter("third", queue))
    await asyncio.sleep(1)
    third.cancel()
    queue.put_nowait("another")
    await asyncio.sleep(1)
    print(third.cancelled(), queue.qsize())


asyncio.run(main())
