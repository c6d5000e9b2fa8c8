# A return in finally wins over errors, values and cancellations.
import asyncio


async def overrides(kind):
    try:
        await asyncio.sleep(1)
        if kind == "error":
            raise ValueError("lost")
        if kind == "value":
            return "lost"
        await asyncio.sleep(10)
    finally:
        return f"from finally, {kind}"


async def main():
    print(await overrides("error"))
    print(await overrides("value"))
    task = asyncio.create_task(overrides("cancel"))
    await asyncio.sleep(2)
    task.cancel()
    print(await task, task.cancelled())


asyncio.run(main())
