# Cancelling who awaits wait_for cancels the inner task, and waits until it is done.
import asyncio

from clock import now


async def inner():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(1)
        print("inner cleaned", now())


async def outer():
    try:
        await asyncio.wait_for(inner(), 5)
    except asyncio.CancelledError as error:
        print(repr(error), now())
        raise


async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("outside")
    await asyncio.wait([task])
    print(task.cancelled(), now())


asyncio.run(main())
