# A coroutine function is not yet a coroutine.
import asyncio


async def hello():
    return "hello"


async def main():
    for attempt in (asyncio.create_task, asyncio.ensure_future):
        try:
            attempt(hello)
        except TypeError as error:
            print(type(error).__name__, str(error).split(" at 0x")[0].split(",")[0])
    print(asyncio.iscoroutinefunction(hello), asyncio.iscoroutine(hello))
    greeting = hello()
    print(asyncio.iscoroutinefunction(greeting), asyncio.iscoroutine(greeting))
    print(await greeting)


asyncio.run(main())
