# A finally block may await; a second cancel interrupts it too.
import asyncio

from clock import now


async def body():
    try:
        await asyncio.sleep(10)
    finally:
        print("cleaning", now())
        try:
            await asyncio.sleep(5)
            print("never")
        finally:
            print("given up", now())


async def main():
    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel("first")
    await asyncio.sleep(1)
    task.cancel("second")
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error), task.cancelling())


asyncio.run(main())
