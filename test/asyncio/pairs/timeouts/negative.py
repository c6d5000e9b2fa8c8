# With no time left the block still runs to its first suspension.
import asyncio

from clock import now


async def no_wait():
    return "no wait"


async def main():
    try:
        async with asyncio.timeout(-1):
            print("started")
            print(await no_wait())
            await asyncio.sleep(0)
            print("after one turn")
            await asyncio.sleep(0)
            print("never")
    except TimeoutError as error:
        print(repr(error), now())


asyncio.run(main())
