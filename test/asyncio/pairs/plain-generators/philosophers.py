# Five philosophers, five forks, and one who picks them up the other way round.
import asyncio

from clock import now


async def philosopher(i, forks):
    first, second = (i, (i + 1) % 5) if i else (1, 0)
    async with forks[first]:
        await asyncio.sleep(0)
        async with forks[second]:
            print("eats", i, now())
            await asyncio.sleep(1)


async def main():
    forks = [asyncio.Lock() for _ in range(5)]
    await asyncio.gather(*[philosopher(i, forks) for i in range(5)])
    print("all have eaten", now())


asyncio.run(main())
