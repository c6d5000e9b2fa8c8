# A shield of something done is that thing itself; errors pass through.
import asyncio

from clock import now


async def fail():
    await asyncio.sleep(1)
    raise ValueError("broken")


async def main():
    done = asyncio.create_task(asyncio.sleep(0, "done"))
    await done
    print(asyncio.shield(done) is done, await asyncio.shield(done))
    try:
        await asyncio.shield(fail())
    except ValueError as error:
        print(repr(error), now())


asyncio.run(main())
