# wait_for gives the value in time, else cancels what it waits for and raises TimeoutError.
import asyncio

from clock import now


async def work(seconds):
    try:
        await asyncio.sleep(seconds)
        return f"{seconds} s"
    except asyncio.CancelledError:
        print("cancelled at", now())
        raise


async def main():
    print(await asyncio.wait_for(work(1), 2), now())
    print(await asyncio.wait_for(work(1), None), now())
    try:
        await asyncio.wait_for(work(5), 2)
    except TimeoutError as error:
        print(repr(error), now())


asyncio.run(main())
