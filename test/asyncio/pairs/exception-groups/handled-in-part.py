# Handling part of a group leaves the rest to go on.
import asyncio


async def fail(error):
    await asyncio.sleep(1)
    raise error


async def work():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError("known")))
            group.create_task(fail(TypeError("unknown")))
    except* ValueError as known:
        print("handled", repr(known))


async def main():
    try:
        await work()
    except ExceptionGroup as rest:
        print("left", repr(rest))


asyncio.run(main())
