# CPython counts references and tells of an unseen error as the last one goes; here it is told when a collection or the loop's end shows it.
import asyncio


async def fail():
    raise ValueError("nobody looks")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"], repr(context["exception"])))
    asyncio.create_task(fail())
    await asyncio.sleep(1)
    print("main ends")


asyncio.run(main())
