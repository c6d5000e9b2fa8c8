# Leaving the block waits for every child, those of children too.
import asyncio

from clock import now


async def child(group, name, depth):
    if depth:
        group.create_task(child(group, name + "'", depth - 1))
    await asyncio.sleep(1)
    print(name, now())
    return name


async def main():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(child(group, "a", 2))
        second = group.create_task(child(group, "b", 0))
        print("body ends")
    print(first.result(), second.result(), now())


asyncio.run(main())
