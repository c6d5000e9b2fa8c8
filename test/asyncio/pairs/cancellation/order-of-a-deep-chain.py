# Through a chain of tasks the cancellation goes down to the last and comes back up, one turn a link.
import asyncio


async def link(depth):
    try:
        if depth == 0:
            await asyncio.sleep(10)
        else:
            await asyncio.create_task(link(depth - 1))
    finally:
        print("link", depth)


async def ticker():
    for i in range(6):
        print("tick", i)
        await asyncio.sleep(0)


async def main():
    task = asyncio.create_task(link(4))
    await asyncio.sleep(1)
    ticks = asyncio.create_task(ticker())
    task.cancel()
    await asyncio.wait([task, ticks])
    print(task.cancelled())


asyncio.run(main())
