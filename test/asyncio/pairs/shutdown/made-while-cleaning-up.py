# A task that a clean-up makes is not waited for: it has the few turns that run() itself still takes.
import asyncio


async def late():
    for i in range(20):
        print("turn", i)
        await asyncio.sleep(0)


async def background():
    try:
        await asyncio.sleep(10)
    finally:
        kept.append(asyncio.create_task(late()))


kept = []


async def main():
    kept.append(asyncio.create_task(background()))
    await asyncio.sleep(0)
    print("main ends")


asyncio.run(main())
