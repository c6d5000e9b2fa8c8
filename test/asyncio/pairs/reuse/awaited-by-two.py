# While one task is suspended in a coroutine, another cannot await the same object.
import asyncio


async def slow():
    await asyncio.sleep(1)
    return "slow"


async def wait_for_it(name, shared):
    try:
        print(name, await shared)
    except RuntimeError as error:
        print(name, repr(error))


async def main():
    shared = slow()
    await asyncio.gather(wait_for_it("first", shared), wait_for_it("second", shared))


asyncio.run(main())
