# Cancelling a gather cancels its children; the gather itself counts as failed with CancelledError.
import asyncio


async def child(name):
    try:
        await asyncio.sleep(10)
    finally:
        print("finally", name)


async def main():
    group = asyncio.gather(child("a"), child("b"))
    await asyncio.sleep(1)
    print(group.cancel())
    try:
        await group
    except asyncio.CancelledError as error:
        print(repr(error), group.cancelled(), group.done())
    finished = asyncio.gather(asyncio.sleep(0))
    await finished
    print(finished.cancel())


asyncio.run(main())
