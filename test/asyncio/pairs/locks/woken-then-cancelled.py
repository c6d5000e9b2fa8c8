# A waiter that was woken and then cancelled hands the lock on.
import asyncio


async def waiter(name, lock):
    try:
        await lock.acquire()
        print(name, "has it")
        lock.release()
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(waiter(name, lock)) for name in "abc"]
    await asyncio.sleep(1)
    lock.release()
    tasks[0].cancel()
    await asyncio.wait(tasks)
    print(lock.locked(), [task.cancelled() for task in tasks])


asyncio.run(main())
