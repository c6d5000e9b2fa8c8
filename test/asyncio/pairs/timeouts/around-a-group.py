# A timeout around a task group cancels its children and comes out as one TimeoutError.
import asyncio

from clock import now


async def child(name, seconds):
    try:
        await asyncio.sleep(seconds)
        print("finished", name)
    except asyncio.CancelledError:
        print("cancelled", name)
        raise


async def main():
    try:
        async with asyncio.timeout(2):
            async with asyncio.TaskGroup() as group:
                group.create_task(child("quick", 1))
                group.create_task(child("slow", 3))
    except TimeoutError as error:
        print(repr(error), now())


asyncio.run(main())
