# A timeout of wait raises nothing; what is pending runs on.
import asyncio

from clock import now


async def main():
    tasks = [asyncio.create_task(asyncio.sleep(s, s)) for s in (1, 2, 3)]
    done, pending = await asyncio.wait(tasks, timeout=1.5)
    print(len(done), len(pending), now())
    done, pending = await asyncio.wait(tasks, timeout=0)
    print(len(done), len(pending), now())
    print(await asyncio.gather(*tasks), now())


asyncio.run(main())
