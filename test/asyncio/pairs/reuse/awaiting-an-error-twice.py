# An error that left a coroutine does not come out of it a second time; a task keeps its error.
import asyncio


async def broken():
    raise ValueError("broken")


async def main():
    once = broken()
    for _ in range(2):
        try:
            await once
        except Exception as error:
            print("coroutine", repr(error))
    task = asyncio.create_task(broken())
    for _ in range(2):
        try:
            await task
        except Exception as error:
            print("task", repr(error))


asyncio.run(main())
