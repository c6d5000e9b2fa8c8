# Two cancels before delivery make one CancelledError, counted twice.
import asyncio


async def body():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(repr(error), asyncio.current_task().cancelling())
        raise


async def main():
    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    print(task.cancel("first"), task.cancel("second"))
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error), task.cancelling())


asyncio.run(main())
