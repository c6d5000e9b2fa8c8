# Python awaits awaitables only; `await 42` gives 42, as everywhere in JavaScript.
import asyncio


async def main():
    try:
        print(await 42)
    except TypeError as error:
        print(type(error).__name__)


asyncio.run(main())
