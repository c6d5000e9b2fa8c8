# An event lets all pass at once, and closes again when cleared.
import asyncio

from clock import now


async def waiter(name, event):
    print(name, await event.wait(), now())


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(name, event)) for name in "ab"]
    await asyncio.sleep(1)
    print(event.is_set())
    event.set()
    event.clear()
    await asyncio.gather(*tasks)
    late = asyncio.create_task(waiter("late", event))
    await asyncio.sleep(1)
    print(late.done())
    event.set()
    await late
    print(await event.wait())


asyncio.run(main())
