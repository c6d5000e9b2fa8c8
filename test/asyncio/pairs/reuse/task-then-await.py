# The awaiter comes first, and the task made from the same object finds it used up.
import asyncio


async def hello():
    return "hello"


async def main():
    greeting = hello()
    task = asyncio.create_task(greeting)
    print("awaited", await greeting)
    try:
        await task
    except RuntimeError as error:
        print("task", repr(error))


asyncio.run(main())
