# An error of main comes out of run, after the clean-up.
import asyncio


async def background():
    try:
        await asyncio.sleep(10)
    finally:
        print("cleaned up")


async def main():
    global left_over
    left_over = asyncio.create_task(background())
    await asyncio.sleep(1)
    raise ValueError("main")


try:
    asyncio.run(main())
except ValueError as error:
    print(repr(error))
