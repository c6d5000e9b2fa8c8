# uncancel takes one request back, and never goes below none.
import asyncio


async def body():
    task = asyncio.current_task()
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(task.cancelling(), task.uncancel(), task.uncancel(), task.uncancel())
    await asyncio.sleep(1)
    return "lived on"


async def main():
    task = asyncio.create_task(body())
    await asyncio.sleep(1)
    task.cancel()
    task.cancel()
    print(await task, task.cancelling())


asyncio.run(main())
