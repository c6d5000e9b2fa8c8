# One who comes while a lock is handed on does not overtake those who wait.
import asyncio


async def taker(name, lock):
    for turn in range(2):
        async with lock:
            print(name, turn)


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(taker(name, lock)) for name in "ab"]
    await asyncio.sleep(0)
    lock.release()
    tasks.append(asyncio.create_task(taker("c", lock)))
    await asyncio.wait(tasks)


asyncio.run(main())
