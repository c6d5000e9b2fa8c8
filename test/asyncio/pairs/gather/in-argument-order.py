# Results come in the order of the arguments, whoever finishes first.
import asyncio

from clock import now


async def work(name, seconds):
    await asyncio.sleep(seconds)
    print("finished", name)
    return name


async def main():
    print(await asyncio.gather(work("slow", 3), work("quick", 1), work("middle", 2)))
    print(await asyncio.gather())
    print(now())


asyncio.run(main())
