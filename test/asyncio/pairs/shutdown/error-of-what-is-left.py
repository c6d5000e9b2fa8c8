# An error of what was left over goes to the exception handler, not to the caller.
import asyncio


async def background():
    try:
        await asyncio.sleep(10)
    finally:
        raise ValueError("in cleanup")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"], repr(context["exception"])))
    global left_over
    left_over = asyncio.create_task(background())
    await asyncio.sleep(1)
    return "result"


print(asyncio.run(main()))
