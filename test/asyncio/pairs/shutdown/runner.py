# A runner keeps one loop over several runs, and closes it at the end.
import asyncio

from clock import now


async def background():
    try:
        await asyncio.sleep(10)
    finally:
        print("cleaned up", now())


async def first():
    global left_over
    left_over = asyncio.create_task(background())
    await asyncio.sleep(1)
    return "first"


async def second():
    await asyncio.sleep(1)
    return len(asyncio.all_tasks())


with asyncio.Runner() as runner:
    print(runner.run(first()))
    print(runner.run(second()))
try:
    runner.get_loop()
except RuntimeError as error:
    print(repr(error))
