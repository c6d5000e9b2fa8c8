# Callbacks and tasks share one queue; a cancelled handle is passed over.
import asyncio


async def worker():
    print("worker")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "one")
    task = asyncio.create_task(worker())
    cancelled = loop.call_soon(print, "never")
    loop.call_soon(lambda: loop.call_soon(print, "nested"))
    loop.call_soon(print, "two")
    cancelled.cancel()
    print(cancelled.cancelled())
    await asyncio.sleep(0)
    print("one turn later")
    await asyncio.sleep(0)
    print("two turns later", task.done())


asyncio.run(main())
