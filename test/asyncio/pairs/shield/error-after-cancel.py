# An error that comes after the shield was cancelled goes to the exception handler.
import asyncio


async def fail():
    await asyncio.sleep(2)
    raise ValueError("nobody listens")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"], repr(context["exception"])))
    outer = asyncio.shield(fail())
    await asyncio.sleep(1)
    print(outer.cancel(), outer.cancelled())
    await asyncio.sleep(2)


asyncio.run(main())
