# The first error comes out at once, while the siblings run on.
import asyncio

from clock import now


async def work(name, seconds, fail=False):
    try:
        await asyncio.sleep(seconds)
        if fail:
            raise ValueError(name)
        print("finished", name)
    except asyncio.CancelledError:
        print("cancelled", name)
        raise


async def main():
    try:
        await asyncio.gather(work("a", 1), work("b", 2, True), work("c", 3), work("d", 4, True))
    except ValueError as error:
        print(repr(error), now())
    await asyncio.sleep(3)
    print("end", now())


asyncio.run(main())
