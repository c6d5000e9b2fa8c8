# A cancelled waiter of a semaphore loses no permit, woken or not.
import asyncio


async def waiter(name, permits):
    await permits.acquire()
    print(name, "has one")


async def main():
    permits = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(waiter(name, permits)) for name in "abcd"]
    await asyncio.sleep(1)
    tasks[1].cancel()
    permits.release()
    permits.release()
    tasks[0].cancel()
    await asyncio.sleep(1)
    print([task.done() for task in tasks], [task.cancelled() for task in tasks])
    print(permits.locked())


asyncio.run(main())
