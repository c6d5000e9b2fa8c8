# A child cancelled from outside looks like an error of the gather.
import asyncio

from clock import now


async def main():
    doomed = asyncio.create_task(asyncio.sleep(10))
    other = asyncio.create_task(asyncio.sleep(2, "other"))
    asyncio.get_running_loop().call_later(1, doomed.cancel, "doomed")
    try:
        await asyncio.gather(doomed, other)
    except asyncio.CancelledError as error:
        print(repr(error), now(), asyncio.current_task().cancelling())
    print(other.done(), await other)


asyncio.run(main())
