# A main that cancels itself makes run raise CancelledError.
import asyncio


async def main():
    asyncio.current_task().cancel("main")
    try:
        await asyncio.sleep(1)
    finally:
        print("finally")


try:
    asyncio.run(main())
except asyncio.CancelledError as error:
    print(repr(error))
