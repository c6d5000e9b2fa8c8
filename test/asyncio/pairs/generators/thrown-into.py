# An error thrown into a generator can be answered with a value.
import asyncio

from clock import now


async def answers():
    while True:
        try:
            yield "value"
        except ValueError as error:
            await asyncio.sleep(1)
            yield f"caught {error} at {now()}"


async def main():
    generator = answers()
    print(await anext(generator))
    print(await generator.athrow(ValueError("this")))
    print(await anext(generator))
    await generator.aclose()


asyncio.run(main())
