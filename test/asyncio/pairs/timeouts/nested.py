# Of nested blocks the one that expired raises, inner or outer.
import asyncio

from clock import now


async def nested(inner, outer):
    try:
        async with asyncio.timeout(outer):
            try:
                async with asyncio.timeout(inner):
                    await asyncio.sleep(10)
            except TimeoutError:
                print("inner", now())
    except TimeoutError:
        print("outer", now())


async def main():
    await nested(1, 2)
    await nested(2, 1)
    await nested(1, 1)


asyncio.run(main())
