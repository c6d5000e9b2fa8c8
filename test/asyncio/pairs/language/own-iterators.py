# An object that can be iterated with awaits.
import asyncio

from clock import now


class Countdown:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        await asyncio.sleep(1)
        self.n -= 1
        return self.n + 1


async def main():
    async for i in Countdown(3):
        if i == 2:
            continue
        print(i, now())
    print("end", now())


asyncio.run(main())
