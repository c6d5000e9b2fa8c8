# A cancelled putter puts nothing, and wakes the next putter in its place.
import asyncio


async def putter(name, queue):
    await queue.put(name)
    print("put", name)


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("full")
    first = asyncio.create_task(putter("first", queue))
    second = asyncio.create_task(putter("second", queue))
    await asyncio.sleep(1)
    print("got", queue.get_nowait())
    first.cancel()
    await asyncio.wait([first, second])
    print(first.cancelled(), queue.qsize(), queue.get_nowait())


asyncio.run(main())
