# run() cannot be called from a running event loop.
import asyncio


async def hello():
    return "hello"


async def main():
    greeting = hello()
    try:
        asyncio.run(greeting)
    except RuntimeError as error:
        print(repr(error))
    print(await greeting)


asyncio.run(main())
