# A cancelled waiter of a condition holds the lock again before it leaves.
import asyncio

from clock import now


async def waiter(condition):
    async with condition:
        try:
            await condition.wait()
        except asyncio.CancelledError:
            print("cancelled, holding", condition.locked(), now())
            raise


async def main():
    condition = asyncio.Condition()
    task = asyncio.create_task(waiter(condition))
    await asyncio.sleep(1)
    async with condition:
        task.cancel()
        await asyncio.sleep(2)
        print("main lets go", now())
    await asyncio.wait([task])
    print(task.cancelled(), condition.locked())


asyncio.run(main())
