# Cancellation arrives at the await, runs finally blocks from the inside out, and carries its message.
import asyncio

from clock import now


async def inner():
    try:
        await asyncio.sleep(10)
    finally:
        print("inner finally", now())


async def outer():
    try:
        await inner()
    except asyncio.CancelledError as error:
        print("outer", repr(error))
        raise
    finally:
        print("outer finally")


async def main():
    task = asyncio.create_task(outer())
    await asyncio.sleep(1)
    task.cancel("stop it")
    try:
        await task
    except asyncio.CancelledError as error:
        print("main", repr(error))
    print(task.cancelled())


asyncio.run(main())
