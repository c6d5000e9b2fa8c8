# Even with return_exceptions a cancelled gather raises.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("child", name)
        raise


async def main():
    group = asyncio.gather(child("a"), child("b"), return_exceptions=True)
    await asyncio.sleep(1)
    group.cancel("all of you")
    try:
        print(await group)
    except asyncio.CancelledError as error:
        print(repr(error), group.cancelled())


asyncio.run(main())
