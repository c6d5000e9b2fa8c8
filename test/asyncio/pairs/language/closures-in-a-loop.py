# Each iteration of a loop has its own variables, when they are passed on.
import asyncio


async def main():
    seen = []

    async def remember(i, seconds):
        await asyncio.sleep(seconds)
        seen.append(i)

    tasks = [asyncio.create_task(remember(i, 3 - i)) for i in range(3)]
    for outer in range(3):
        for inner in range(3):
            if inner == 1:
                break
            await asyncio.sleep(0)
            seen.append(f"{outer}{inner}")
    await asyncio.gather(*tasks)
    print(seen)


asyncio.run(main())
