# A cancelled task answers result() and exception() with the CancelledError.
import asyncio


async def main():
    task = asyncio.create_task(asyncio.sleep(10, "slept"))
    await asyncio.sleep(1)
    task.cancel("no")
    await asyncio.wait([task])
    for ask in (task.result, task.exception):
        try:
            ask()
        except asyncio.CancelledError as error:
            print(repr(error))


asyncio.run(main())
