# Python's `except Exception` lets a cancellation through; JavaScript's `catch` catches it like all else.
import asyncio


async def careless():
    try:
        await asyncio.sleep(10)
    except Exception:
        print("swallowed")
    return "went on"


async def main():
    task = asyncio.create_task(careless())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
