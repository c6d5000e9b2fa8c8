# An error keeps the one that caused it, through tasks too.
import asyncio


async def low():
    await asyncio.sleep(1)
    raise ValueError("low")


async def high():
    try:
        await low()
    except ValueError as error:
        raise RuntimeError("high") from error


async def main():
    try:
        await asyncio.create_task(high())
    except RuntimeError as error:
        print(repr(error), repr(error.__cause__))


asyncio.run(main())
