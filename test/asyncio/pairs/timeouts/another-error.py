# Another error replaces the TimeoutError.
import asyncio


async def main():
    try:
        async with asyncio.timeout(1) as scope:
            try:
                await asyncio.sleep(5)
            finally:
                raise ValueError("cleanup")
    except ValueError as error:
        print(repr(error), scope.expired(), asyncio.current_task().cancelling())


asyncio.run(main())
