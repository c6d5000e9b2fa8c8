# With return_exceptions, errors are results like others, cancellations too.
import asyncio


async def fail(word):
    await asyncio.sleep(1)
    raise ValueError(word)


async def main():
    doomed = asyncio.create_task(asyncio.sleep(10, "slept"))
    asyncio.get_running_loop().call_later(2, doomed.cancel, "doomed")
    results = await asyncio.gather(asyncio.sleep(1, "one"), fail("two"), doomed, return_exceptions=True)
    print(results[:2], type(results[2]).__name__)


asyncio.run(main())
