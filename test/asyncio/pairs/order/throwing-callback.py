# A callback that throws is told to the exception handler, and the loop goes on.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("handler", repr(context["exception"])))

    def broken():
        raise ValueError("broken")

    loop.call_soon(broken)
    loop.call_soon(print, "next")
    await asyncio.sleep(0)
    loop.call_later(0.1, broken)
    await asyncio.sleep(0.2)
    print("still here")


asyncio.run(main())
