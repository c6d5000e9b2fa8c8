# After `break` JavaScript runs the generator's finally at once; CPython does once the generator is found unused.
import asyncio


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


async def main():
    async for i in numbers():
        break
    print("after the loop")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("end")


asyncio.run(main())
