# gather, wait_for and groups make tasks, so what their children set stays with the children.
import asyncio
from contextvars import ContextVar


level = ContextVar("level", default=0)


async def deeper(by):
    level.set(level.get() + by)
    await asyncio.sleep(1)
    return level.get()


async def main():
    level.set(1)
    print(await asyncio.gather(deeper(1), deeper(2)), level.get())
    print(await asyncio.wait_for(deeper(10), 5), level.get())
    async with asyncio.TaskGroup() as group:
        task = group.create_task(deeper(20))
    print(task.result(), level.get())
    async with asyncio.timeout(5):
        await deeper(30)
    print(level.get())


asyncio.run(main())
