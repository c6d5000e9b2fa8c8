# as_completed hands results out as they come.
import asyncio

from clock import now


async def work(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    tasks = [asyncio.create_task(work(name, s)) for name, s in (("slow", 3), ("quick", 1), ("middle", 2))]
    for next_done in asyncio.as_completed(tasks):
        print(await next_done, now())


asyncio.run(main())
