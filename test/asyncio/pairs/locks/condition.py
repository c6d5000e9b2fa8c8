# notify wakes so many, who then take the lock one by one.
import asyncio

from clock import now


async def waiter(name, condition):
    async with condition:
        await condition.wait()
        print(name, "woken", now())
        await asyncio.sleep(1)


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(name, condition)) for name in "abcd"]
    await asyncio.sleep(1)
    async with condition:
        condition.notify(2)
        print("notified", condition.locked())
    await asyncio.sleep(5)
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)


asyncio.run(main())
