# A child cancelled on its own bothers nobody.
import asyncio

from clock import now


async def main():
    async with asyncio.TaskGroup() as group:
        doomed = group.create_task(asyncio.sleep(10))
        other = group.create_task(asyncio.sleep(2, "other"))
        await asyncio.sleep(1)
        doomed.cancel()
    print(doomed.cancelled(), other.result(), now())


asyncio.run(main())
