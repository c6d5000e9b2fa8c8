# A child's failure interrupts the body at its await, and the parent was not cancelled by anyone else.
import asyncio

from clock import now


async def fail():
    await asyncio.sleep(1)
    raise ValueError("broken")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError as error:
                print("body", repr(error), asyncio.current_task().cancelling())
                raise
    except ExceptionGroup as error:
        print(list(error.exceptions), asyncio.current_task().cancelling(), now())


asyncio.run(main())
