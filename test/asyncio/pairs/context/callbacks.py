# Callbacks run in the context where they were registered.
import asyncio
from contextvars import ContextVar


word = ContextVar("word", default="none")


async def work():
    word.set("work")
    await asyncio.sleep(1)


async def main():
    loop = asyncio.get_running_loop()
    word.set("one")
    loop.call_soon(lambda: print("soon", word.get()))
    loop.call_later(0.5, lambda: print("later", word.get()))
    task = asyncio.create_task(work())
    word.set("two")
    task.add_done_callback(lambda _: print("done", word.get()))
    word.set("three")
    await task
    await asyncio.sleep(0)
    print("main", word.get())


asyncio.run(main())
