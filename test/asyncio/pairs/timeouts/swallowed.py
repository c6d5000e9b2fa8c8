# Swallowing inside the block gives no TimeoutError, though the scope has expired.
import asyncio

from clock import now


async def main():
    async with asyncio.timeout(1) as scope:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError as error:
            print(repr(error))
    print(scope.expired(), asyncio.current_task().cancelling(), now())


asyncio.run(main())
