# What a block opens it closes, whatever ends the block, and the closing may wait.
import asyncio

from clock import now


class Connection:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        await asyncio.sleep(1)
        print("open", self.name, now())
        return self

    async def __aexit__(self, *exc):
        await asyncio.sleep(1)
        print("closed", self.name, now())


async def work(fail):
    async with Connection("a"), Connection("b"):
        await asyncio.sleep(1)
        if fail:
            raise ValueError("broken")
        await asyncio.sleep(10)


async def main():
    try:
        await work(True)
    except ValueError as error:
        print(repr(error))
    task = asyncio.create_task(work(False))
    await asyncio.sleep(4)
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled(), now())


asyncio.run(main())
