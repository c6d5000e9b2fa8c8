# join waits until each item was said to be done, more than once if there is more.
import asyncio

from clock import now


async def worker(name, queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(item)
        print(name, "did", item, now())
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    await queue.join()
    workers = [asyncio.create_task(worker(name, queue)) for name in "ab"]
    for item in (3, 1, 2):
        queue.put_nowait(item)
    await queue.join()
    print("all done", now())
    for task in workers:
        task.cancel()
    await asyncio.wait(workers)
    print([task.cancelled() for task in workers])


asyncio.run(main())
