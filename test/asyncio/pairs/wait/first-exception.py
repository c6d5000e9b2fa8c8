# FIRST_EXCEPTION returns at the first error; a cancelled task does not count as one.
import asyncio

from clock import now


async def fail(seconds):
    await asyncio.sleep(seconds)
    raise ValueError("broken")


async def main():
    cancelled = asyncio.create_task(asyncio.sleep(9))
    asyncio.get_running_loop().call_later(1, cancelled.cancel)
    tasks = [asyncio.create_task(asyncio.sleep(1)), cancelled, asyncio.create_task(fail(2)), asyncio.create_task(asyncio.sleep(3))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending), now())
    print([task in done for task in tasks])


asyncio.run(main())
