# Errors and values travel through a hundred awaits.
import asyncio

from clock import now


async def down(depth, seconds):
    if depth == 0:
        await asyncio.sleep(seconds)
        if seconds > 1:
            raise ValueError("bottom")
        return 0
    return 1 + await down(depth - 1, seconds)


async def main():
    print(await down(100, 1), now())
    try:
        await down(100, 2)
    except ValueError as error:
        print(repr(error), now())


asyncio.run(main())
