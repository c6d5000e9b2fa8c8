# Each error comes in its turn, and the rest still follow.
import asyncio

from clock import now


async def work(name, seconds, fail=False):
    await asyncio.sleep(seconds)
    if fail:
        raise ValueError(name)
    return name


async def main():
    tasks = [asyncio.create_task(c) for c in (work("a", 3), work("b", 1, True), work("c", 2))]
    for next_done in asyncio.as_completed(tasks):
        try:
            print(await next_done, now())
        except ValueError as error:
            print(repr(error), now())


asyncio.run(main())
