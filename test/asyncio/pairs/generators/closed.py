# Closing a generator runs its finally, which may await; nothing comes after.
import asyncio

from clock import now


async def numbers():
    try:
        yield 1
        yield 2
        print("never")
    finally:
        await asyncio.sleep(1)
        print("closed", now())


async def main():
    generator = numbers()
    print(await anext(generator))
    print(await anext(generator))
    await generator.aclose()
    print(await anext(generator, "exhausted"))


asyncio.run(main())
