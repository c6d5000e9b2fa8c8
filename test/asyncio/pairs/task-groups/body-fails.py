# An error of the body cancels the children and is grouped with theirs.
import asyncio

from clock import now


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        raise KeyError("cleanup")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            group.create_task(asyncio.sleep(10))
            await asyncio.sleep(1)
            raise ValueError("body")
    except ExceptionGroup as error:
        print(error)
        print([type(one).__name__ for one in error.exceptions], now())


asyncio.run(main())
