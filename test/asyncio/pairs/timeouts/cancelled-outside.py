# A cancellation from outside passes through a timeout block as itself, even if both come at once.
import asyncio


async def body(limit):
    try:
        async with asyncio.timeout(limit):
            await asyncio.sleep(10)
    except BaseException as error:
        print(type(error).__name__, asyncio.current_task().cancelling())
        raise


async def main():
    for limit in (5, 1):
        task = asyncio.create_task(body(limit))
        asyncio.get_running_loop().call_later(1, task.cancel, "outside")
        await asyncio.wait([task])
        print(task.cancelled())


asyncio.run(main())
