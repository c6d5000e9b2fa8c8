# A timeout block that ends in time does nothing; a late one raises TimeoutError.
import asyncio

from clock import now


async def main():
    async with asyncio.timeout(2) as scope:
        await asyncio.sleep(1)
    print(scope.expired(), now())
    try:
        async with asyncio.timeout(2) as scope:
            await asyncio.sleep(5)
    except TimeoutError as error:
        print(repr(error), scope.expired(), now())
    async with asyncio.timeout(None) as scope:
        await asyncio.sleep(5)
    print(scope.when(), scope.expired(), now())


asyncio.run(main())
