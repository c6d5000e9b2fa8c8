# A closed coroutine never ran, and cannot be awaited any more.
import asyncio


async def hello():
    print("never printed")


async def main():
    greeting = hello()
    greeting.close()
    try:
        await greeting
    except RuntimeError as error:
        print(repr(error))


asyncio.run(main())
