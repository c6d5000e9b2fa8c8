# After the time limit each remaining one raises TimeoutError; the tasks run on.
import asyncio

from clock import now


async def main():
    tasks = [asyncio.create_task(asyncio.sleep(s, s)) for s in (1, 3, 4)]
    for next_done in asyncio.as_completed(tasks, timeout=2):
        try:
            print(await next_done, now())
        except TimeoutError as error:
            print(repr(error), now())
    print([task.done() for task in tasks])
    print(await asyncio.gather(*tasks), now())


asyncio.run(main())
