# A task made from a coroutine that is suspended elsewhere takes it over in CPython; here it is refused, and nobody is robbed.
import asyncio


async def hello():
    await asyncio.sleep(0)
    return "hello"


async def attempt(name, awaitable):
    try:
        print(name, await awaitable)
    except RuntimeError as error:
        print(name, repr(error))


async def main():
    greeting = hello()
    task = asyncio.create_task(greeting)
    await attempt("awaiter", greeting)
    await attempt("task", task)


asyncio.run(main())
