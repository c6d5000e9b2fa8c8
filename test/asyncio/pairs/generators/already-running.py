# One async generator cannot be advanced by two at once.
import asyncio

from clock import now


async def slow():
    await asyncio.sleep(1)
    yield "first"
    await asyncio.sleep(1)
    yield "second"


async def reader(name, generator):
    try:
        print(name, await anext(generator), now())
    except RuntimeError as error:
        print(name, repr(error))


async def main():
    generator = slow()
    await asyncio.gather(reader("a", generator), reader("b", generator))
    await reader("c", generator)


asyncio.run(main())
