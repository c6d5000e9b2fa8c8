# A task cancelled in a generator's await runs the generator's finally, then its own.
import asyncio

from clock import now


async def slow():
    try:
        yield "first"
        await asyncio.sleep(10)
        yield "never"
    finally:
        print("generator finally", now())


async def reader():
    try:
        async for item in slow():
            print(item)
    except asyncio.CancelledError:
        print("reader cancelled")
        raise


async def main():
    task = asyncio.create_task(reader())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
