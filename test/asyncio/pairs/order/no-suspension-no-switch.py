# Awaiting what never suspends does not let others run: A0 A1 B0 B1.
import asyncio


async def step(name):
    print(name)


async def twice(name):
    await step(f"{name}0")
    await step(f"{name}1")


async def main():
    await asyncio.gather(twice("A"), twice("B"))


asyncio.run(main())
