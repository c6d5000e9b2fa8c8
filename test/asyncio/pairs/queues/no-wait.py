# The calls that do not wait raise where they would have to.
import asyncio


async def main():
    queue = asyncio.Queue(1)
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as error:
        print(repr(error))
    queue.put_nowait(1)
    try:
        queue.put_nowait(2)
    except asyncio.QueueFull as error:
        print(repr(error))
    queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        print(repr(error))


asyncio.run(main())
