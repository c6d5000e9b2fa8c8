# An error without a message has the empty one: JavaScript's errors know no other.
import asyncio


async def main():
    print(repr(asyncio.CancelledError("")), repr(asyncio.CancelledError()))


asyncio.run(main())
