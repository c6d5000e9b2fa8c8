# The same coroutine given twice runs once, and its result comes twice.
import asyncio


async def once():
    print("once")
    await asyncio.sleep(1)
    return "result"


async def main():
    same = once()
    print(await asyncio.gather(same, same))
    task = asyncio.create_task(once())
    print(await asyncio.gather(task, asyncio.sleep(0, "other"), task))


asyncio.run(main())
