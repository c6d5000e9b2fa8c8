# An error of a generator comes out of the loop; one of the loop's body does not go in.
import asyncio

from clock import now


async def fragile():
    yield 1
    await asyncio.sleep(1)
    raise ValueError("generator")


async def careful():
    try:
        yield 1
    except ValueError:
        print("never")


async def main():
    try:
        async for i in fragile():
            print(i)
    except ValueError as error:
        print(repr(error), now())
    generator = careful()
    try:
        async for i in generator:
            raise ValueError("body")
    except ValueError as error:
        print(repr(error))
    await generator.aclose()


asyncio.run(main())
