# A relay of events, each runner waiting for the one before.
import asyncio

from clock import now


async def runner(i, start, finish):
    await start.wait()
    await asyncio.sleep(1)
    print("runner", i, now())
    finish.set()


async def main():
    posts = [asyncio.Event() for _ in range(4)]
    runners = [asyncio.create_task(runner(i, posts[i], posts[i + 1])) for i in (2, 1, 0)]
    posts[0].set()
    await posts[3].wait()
    print([task.done() for task in runners], now())


asyncio.run(main())
