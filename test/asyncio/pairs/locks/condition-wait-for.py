# wait_for on a condition looks again after each notification, and gives what the test gave.
import asyncio

from clock import now


async def main():
    condition = asyncio.Condition()
    stock = []

    async def consumer():
        async with condition:
            print("got", await condition.wait_for(lambda: len(stock) >= 2 and "enough"), now())

    task = asyncio.create_task(consumer())
    for i in range(3):
        await asyncio.sleep(1)
        async with condition:
            stock.append(i)
            condition.notify()
    await task


asyncio.run(main())
