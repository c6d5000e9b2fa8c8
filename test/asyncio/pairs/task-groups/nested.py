# Groups nest, and so do the groups of their errors.
import asyncio


async def fail(name, seconds):
    await asyncio.sleep(seconds)
    raise ValueError(name)


async def inner():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail("x", 1))
        group.create_task(fail("y", 1))


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(inner())
            group.create_task(fail("z", 1))
    except ExceptionGroup as error:
        print(repr(error))


asyncio.run(main())
