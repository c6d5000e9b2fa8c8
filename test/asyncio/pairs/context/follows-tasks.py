# Each task works on a copy of its maker's context.
import asyncio
from contextvars import ContextVar


name = ContextVar("name", default="nobody")


async def child():
    print("child sees", name.get())
    name.set("child")
    await asyncio.sleep(1)
    print("child keeps", name.get())


async def main():
    print(name.get())
    name.set("main")
    task = asyncio.create_task(child())
    name.set("main, later")
    await asyncio.sleep(0.5)
    print("main keeps", name.get())
    await task
    await child()
    print("awaited in place", name.get())


asyncio.run(main())
