# The first failure cancels the siblings; all errors come out together.
import asyncio

from clock import now


async def child(name, seconds, fail=False):
    try:
        await asyncio.sleep(seconds)
        if fail:
            raise ValueError(name)
    except asyncio.CancelledError:
        print("cancelled", name, now())
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("a", 1))
            group.create_task(child("b", 2, True))
            group.create_task(child("c", 3))
            group.create_task(child("d", 2, True))
    except ExceptionGroup as error:
        print(error)
        print(list(error.exceptions), now())


asyncio.run(main())
