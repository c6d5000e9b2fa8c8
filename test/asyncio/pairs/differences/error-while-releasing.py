# Where releasing fails while an error is on its way, Python raises the new one with the old as its context; `using` throws a SuppressedError of both.
import asyncio


async def main():
    permits = asyncio.BoundedSemaphore(1)
    try:
        async with permits:
            permits.release()
            raise TypeError("block")
    except Exception as error:
        print(type(error).__name__, error)


asyncio.run(main())
