# A shield inside wait_for lets the work outlive its time limit.
import asyncio

from clock import now


async def work():
    await asyncio.sleep(3)
    print("work done", now())
    return "work"


async def main():
    task = asyncio.create_task(work())
    try:
        await asyncio.wait_for(asyncio.shield(task), 1)
    except TimeoutError as error:
        print(repr(error), now(), task.done())
    print(await task, now())


asyncio.run(main())
