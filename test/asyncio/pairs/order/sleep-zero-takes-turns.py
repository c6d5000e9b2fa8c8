# sleep(0) gives the turn to whoever is ready, in order.
import asyncio


async def count(name):
    for i in range(3):
        print(name, i)
        await asyncio.sleep(0)


async def main():
    tasks = [asyncio.create_task(count(name)) for name in "ABC"]
    print("made")
    for task in tasks:
        await task
    print("all done")


asyncio.run(main())
