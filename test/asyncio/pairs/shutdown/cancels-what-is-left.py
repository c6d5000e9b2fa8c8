# run() ends when main does: what is left over is cancelled, and waited for.
import asyncio

from clock import now


async def background(name):
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(1)
        print(name, "cleaned up", now())


async def main():
    left_over = [asyncio.create_task(background(name)) for name in "ab"]
    await asyncio.sleep(1)
    print("main ends", len(left_over))
    return "result"


print(asyncio.run(main()))
