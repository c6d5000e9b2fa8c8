# With no time at all only what is done already counts; a coroutine is never started.
import asyncio

from clock import now


async def hello():
    print("never")


async def main():
    try:
        await asyncio.wait_for(hello(), 0)
    except TimeoutError as error:
        print(repr(error))
    done = asyncio.create_task(asyncio.sleep(0, "done"))
    await asyncio.sleep(1)
    print(await asyncio.wait_for(done, 0))
    late = asyncio.create_task(asyncio.sleep(1))
    try:
        await asyncio.wait_for(late, -1)
    except TimeoutError as error:
        print(repr(error), late.cancelled(), now())


asyncio.run(main())
