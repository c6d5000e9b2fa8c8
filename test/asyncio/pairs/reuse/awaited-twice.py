# A coroutine object can be awaited once.
import asyncio


async def hello():
    return "hello"


async def main():
    greeting = hello()
    print(await greeting)
    try:
        await greeting
    except RuntimeError as error:
        print(repr(error))


asyncio.run(main())
