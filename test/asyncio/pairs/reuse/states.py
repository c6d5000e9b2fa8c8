# A coroutine object is created, suspended and closed in turn, and running only while it looks at itself.
import asyncio
import inspect


box = []


async def look():
    print("inside", inspect.getcoroutinestate(box[0]))
    await asyncio.sleep(1)


async def main():
    box.append(look())
    print("made", inspect.getcoroutinestate(box[0]))
    task = asyncio.create_task(box[0])
    await asyncio.sleep(0.5)
    print("asleep", inspect.getcoroutinestate(box[0]))
    await task
    print("after", inspect.getcoroutinestate(box[0]))


asyncio.run(main())
