# Awaits inside an expression happen from left to right, and only where they are needed.
import asyncio


async def give(value):
    print("give", value)
    await asyncio.sleep(0)
    return value


async def main():
    print([await give(1), await give(2), (await give(3)) + (await give(4))])
    print(await give(0) or await give(5))
    print(await give(0) and await give(9))
    print(await give(7) if await give(1) else await give(8))
    total = 10
    total += await give(6)
    print(total, [await give(i) for i in range(2)])


asyncio.run(main())
