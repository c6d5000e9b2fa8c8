# A call whose coroutine nobody awaits is told of at once, and runs nothing.
import asyncio
import warnings


async def hello():
    print("never printed")


async def main():
    warnings.simplefilter("always")
    before = warnings.showwarning
    warnings.showwarning = lambda message, category, *rest: print(category.__name__, message)
    hello()
    print("after the call")
    await hello_later()
    print("end")
    warnings.showwarning = before
    warnings.simplefilter("ignore")


async def hello_later():
    hello()


asyncio.run(main())
