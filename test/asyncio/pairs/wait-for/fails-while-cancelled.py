# An error raised while being cancelled replaces the TimeoutError.
import asyncio

from clock import now


async def breaks():
    try:
        await asyncio.sleep(10)
    finally:
        raise ValueError("in finally")


async def main():
    try:
        await asyncio.wait_for(breaks(), 2)
    except ValueError as error:
        print(repr(error), now())


asyncio.run(main())
