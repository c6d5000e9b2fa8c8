# A group under a time limit, whose children end in their own ways.
import asyncio

from clock import now


async def child(name, seconds):
    try:
        await asyncio.sleep(seconds)
        print("finished", name, now())
    except asyncio.CancelledError:
        print("cancelled", name, now())
        raise


async def main():
    try:
        async with asyncio.timeout(2) as scope:
            async with asyncio.TaskGroup() as group:
                for name, seconds in (("a", 1), ("b", 3)):
                    group.create_task(child(name, seconds))
                await asyncio.sleep(0)
    except TimeoutError as error:
        print(repr(error), scope.expired(), now())


asyncio.run(main())
