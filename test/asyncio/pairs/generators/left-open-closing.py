# As run() ends it closes every async generator left open, in tasks of their own; what goes wrong is told of.
import asyncio


async def numbers(name, last):
    try:
        yield 1
        yield 2
    finally:
        print(name, "closing")
        await asyncio.sleep(0)
        if last is not None:
            raise last
        print(name, "closed")


kept = []


async def begin(name, last=None):
    generator = numbers(name, last)
    kept.append(generator)
    print(name, await anext(generator))
    return generator


async def main():
    def told(loop, context):
        print(type(context["exception"]).__name__, context["exception"])

    asyncio.get_running_loop().set_exception_handler(told)
    await begin("first")
    await asyncio.create_task(begin("in a task"))
    await begin("fails", ValueError("while closing"))
    ended = await begin("ended")
    print([n async for n in ended])
    failed = await begin("failed")
    try:
        await failed.athrow(KeyError("inside"))
    except KeyError:
        print("thrown through")
    kept.append(numbers("never begun", None))
    print("main ends")


asyncio.run(main())
