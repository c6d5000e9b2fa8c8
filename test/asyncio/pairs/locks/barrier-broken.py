# An aborted barrier lets nobody through any more.
import asyncio


async def racer(name, barrier):
    try:
        await barrier.wait()
    except asyncio.BrokenBarrierError as error:
        print(name, type(error).__name__)


async def main():
    barrier = asyncio.Barrier(3)
    tasks = [asyncio.create_task(racer(name, barrier)) for name in "ab"]
    await asyncio.sleep(1)
    print(barrier.n_waiting)
    await barrier.abort()
    await asyncio.gather(*tasks)
    await racer("late", barrier)
    print(barrier.broken)
    await barrier.reset()
    print(barrier.broken)


asyncio.run(main())
