# wait gives the finished and the unfinished, and cancels nobody.
import asyncio

from clock import now


async def main():
    tasks = [asyncio.create_task(asyncio.sleep(s, f"after {s}")) for s in (3, 1, 2)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending), now())
    for task in done:
        print(task.result())
    done, pending = await asyncio.wait(pending)
    print(len(done), len(pending), now())


asyncio.run(main())
