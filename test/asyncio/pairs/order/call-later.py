# Timers fire by their time, whatever order they were made in; a cancelled one does not.
import asyncio

from clock import now


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    loop.call_later(0.3, print, "three")
    loop.call_later(0.1, print, "one")
    never = loop.call_later(0.15, print, "never")
    loop.call_at(start + 0.2, print, "two")
    loop.call_later(0, print, "zero")
    loop.call_soon(print, "soon")
    never.cancel()
    await asyncio.sleep(0.25)
    print("at", now())
    await asyncio.sleep(0.25)
    print("at", now())


asyncio.run(main())
