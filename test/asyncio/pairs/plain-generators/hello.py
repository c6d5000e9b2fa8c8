# The chapter's first program: hello, then world, a second apart.
import asyncio

from clock import now


async def main():
    print("hello", now())
    await asyncio.sleep(1)
    print("world", now())


asyncio.run(main())
