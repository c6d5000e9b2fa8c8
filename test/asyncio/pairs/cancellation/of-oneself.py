# A task that cancels itself goes on to its next real suspension.
import asyncio


async def no_wait():
    return "no wait"


async def body():
    asyncio.current_task().cancel("myself")
    print("still running")
    print(await no_wait())
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise


async def main():
    task = asyncio.create_task(body())
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
