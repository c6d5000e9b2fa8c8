# Coroutines that call themselves, one inside the other and side by side.
import asyncio


async def fib(n):
    if n < 2:
        return n
    await asyncio.sleep(0)
    return await fib(n - 1) + await fib(n - 2)


async def fib_together(n):
    if n < 2:
        return n
    return sum(await asyncio.gather(fib_together(n - 1), fib_together(n - 2)))


async def main():
    print(await fib(10), await fib_together(10))


asyncio.run(main())
