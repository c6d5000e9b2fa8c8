# A coroutine that returns inside its handler of CancelledError has its value returned.
import asyncio

from clock import now


async def saves():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep(1)
        return "saved"


async def main():
    print(await asyncio.wait_for(saves(), 2), now())


asyncio.run(main())
