# The first answer wins, and the others are cancelled.
import asyncio

from clock import now


async def mirror(name, seconds):
    try:
        await asyncio.sleep(seconds)
        return name
    finally:
        print(name, "ends", now())


async def race(*contestants):
    tasks = [asyncio.create_task(c) for c in contestants]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.wait(pending)
    return done.pop().result()


async def main():
    print(await race(mirror("a", 3), mirror("b", 1), mirror("c", 2)), now())


asyncio.run(main())
