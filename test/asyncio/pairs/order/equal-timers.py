# Timers of one instant fire in the order they were made, and all before what they wake.
import asyncio

from clock import now


async def sleeper(name):
    await asyncio.sleep(1)
    print(name, now())
    await asyncio.sleep(0)
    print(name, "again")


async def main():
    await asyncio.gather(*[sleeper(i) for i in range(7)])


asyncio.run(main())
