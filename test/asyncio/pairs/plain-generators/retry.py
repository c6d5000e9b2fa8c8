# A helper that tries again, waiting twice as long each time.
import asyncio

from clock import now


attempts = []


async def flaky():
    attempts.append(now())
    await asyncio.sleep(0.5)
    if len(attempts) < 3:
        raise ValueError(f"attempt {len(attempts)}")
    return "at last"


async def retry(work, times):
    delay = 1
    for left in range(times, 0, -1):
        try:
            return await work()
        except ValueError as error:
            print(error, "left", left - 1)
            await asyncio.sleep(delay)
            delay *= 2


async def main():
    print(await retry(flaky, 5), now())
    print(attempts)


asyncio.run(main())
