# Six jobs through a pool of two.
import asyncio

from clock import now


async def job(i, pool, log):
    async with pool:
        log.append(f"+{i}")
        await asyncio.sleep(3 - i % 3)
        log.append(f"-{i}")


async def main():
    pool = asyncio.BoundedSemaphore(2)
    log = []
    await asyncio.gather(*[job(i, pool, log) for i in range(6)])
    print(" ".join(log), now())


asyncio.run(main())
