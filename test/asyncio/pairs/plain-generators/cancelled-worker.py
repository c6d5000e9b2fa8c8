# A worker that is told to stop finishes the piece in hand.
import asyncio

from clock import now


async def worker(queue):
    while True:
        piece = await queue.get()
        try:
            await asyncio.shield(asyncio.sleep(2))
            print("did", piece, now())
        except asyncio.CancelledError:
            print("stops at", piece, now())
            raise


async def main():
    queue = asyncio.Queue()
    for piece in ("one", "two", "three"):
        queue.put_nowait(piece)
    task = asyncio.create_task(worker(queue))
    await asyncio.sleep(3)
    task.cancel()
    await asyncio.wait([task])
    print(queue.qsize(), task.cancelled())


asyncio.run(main())
