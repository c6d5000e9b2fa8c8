# What a coroutine returns is not awaited by CPython; an async function in JavaScript adopts it.
import asyncio


async def hello():
    return "hello"


async def outer():
    return hello()


async def main():
    value = await outer()
    print("hello" if value == "hello" else "a coroutine object")
    if value != "hello":
        value.close()


asyncio.run(main())
