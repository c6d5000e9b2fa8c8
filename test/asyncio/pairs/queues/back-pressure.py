# A bounded queue makes a quick producer wait for a slow consumer.
import asyncio

from clock import now


async def producer(queue):
    for i in range(4):
        await queue.put(i)
        print("put", i, now())


async def consumer(queue):
    for _ in range(4):
        await asyncio.sleep(1)
        print("got", await queue.get(), now())
        queue.task_done()


async def main():
    queue = asyncio.Queue(2)
    tasks = [asyncio.create_task(producer(queue)), asyncio.create_task(consumer(queue))]
    await asyncio.gather(*tasks)
    await queue.join()
    print(queue.qsize(), queue.empty(), queue.full(), queue.maxsize)


asyncio.run(main())
