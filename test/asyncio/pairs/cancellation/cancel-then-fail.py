# Cancelled and failing in the same step, a task has failed.
import asyncio


async def body():
    asyncio.current_task().cancel()
    raise ValueError("broken")


async def main():
    task = asyncio.create_task(body())
    try:
        print(await task)
    except ValueError as error:
        print(repr(error))
    print(task.cancelled(), task.cancelling())


asyncio.run(main())
