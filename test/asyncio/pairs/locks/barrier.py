# A barrier opens when enough have come, and each learns its place.
import asyncio

from clock import now


async def racer(name, seconds, barrier):
    await asyncio.sleep(seconds)
    print(name, "waits", now())
    place = await barrier.wait()
    print(name, "runs", now(), place)


async def main():
    barrier = asyncio.Barrier(3)
    await asyncio.gather(*[racer(name, s, barrier) for s, name in enumerate("abcdef")])
    print(barrier.n_waiting, barrier.parties, barrier.broken)


asyncio.run(main())
