# A loop that catches each cancellation and tries again needs as many cancels as it has patience.
import asyncio

from clock import now


async def patient():
    for attempt in range(3):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as error:
            print("attempt", attempt, repr(error), now())
    await asyncio.sleep(10)


async def main():
    task = asyncio.create_task(patient())
    for i in range(4):
        await asyncio.sleep(1)
        task.cancel(f"cancel {i}")
    await asyncio.wait([task])
    print(task.cancelled(), task.cancelling(), now())


asyncio.run(main())
