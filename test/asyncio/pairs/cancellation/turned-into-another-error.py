# A task may answer a cancellation with an error of its own.
import asyncio


async def body():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise ValueError("instead")


async def main():
    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except ValueError as error:
        print(repr(error))
    print(task.cancelled(), repr(task.exception()))


asyncio.run(main())
