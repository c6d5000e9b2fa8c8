# A deadline can be moved, and taken away.
import asyncio

from clock import now


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(1) as scope:
        scope.reschedule(loop.time() + 3)
        await asyncio.sleep(2)
        scope.reschedule(None)
        await asyncio.sleep(5)
    print(scope.expired(), now())
    try:
        async with asyncio.timeout_at(loop.time() + 9) as scope:
            scope.reschedule(loop.time() + 1)
            await asyncio.sleep(5)
    except TimeoutError:
        print("expired", now())
    try:
        scope.reschedule(None)
    except RuntimeError as error:
        print(repr(error))


asyncio.run(main())
