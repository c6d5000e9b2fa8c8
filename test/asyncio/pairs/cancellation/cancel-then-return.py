# Cancelled and returning in the same step, a task is cancelled and its value is lost.
import asyncio


async def body():
    asyncio.current_task().cancel("on the way out")
    return "value"


async def main():
    task = asyncio.create_task(body())
    try:
        print(await task)
    except asyncio.CancelledError as error:
        print(repr(error))
    print(task.cancelled())


asyncio.run(main())
