# A group needs errors, one at least.
import asyncio


async def main():
    for wrong in ([], [42]):
        try:
            ExceptionGroup("empty", wrong)
        except (ValueError, TypeError) as error:
            print(repr(error))


asyncio.run(main())
