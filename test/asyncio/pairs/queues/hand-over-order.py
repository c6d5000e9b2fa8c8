# Getters are served in the order they came, one turn after the put.
import asyncio


async def getter(name, queue):
    print(name, "waits")
    print(name, "got", await queue.get())


async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(getter(name, queue)) for name in "abc"]
    await asyncio.sleep(0)
    for item in range(3):
        queue.put_nowait(item)
        print("put", item)
    print("quick", queue.get_nowait())
    await asyncio.sleep(0)
    print("one turn later", queue.qsize())
    queue.put_nowait(3)
    await asyncio.wait(tasks)


asyncio.run(main())
