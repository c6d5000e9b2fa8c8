# CPython's run() closes, as it ends, the async generators that were advanced by hand and left open.
import asyncio


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


left_open = []


async def main():
    generator = numbers()
    left_open.append(generator)
    print(await anext(generator))
    print("main ends")


asyncio.run(main())
