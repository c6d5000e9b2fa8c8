# A task starts at the loop's next turn, not where it is made; ensure_future gives a task back as it is.
import asyncio


async def say(word):
    print(word)
    return word


async def main():
    first = asyncio.create_task(say("first"))
    second = asyncio.ensure_future(say("second"))
    print(asyncio.ensure_future(second) is second)
    print("before")
    await asyncio.sleep(0)
    print("after", first.done(), second.done(), first.result())


asyncio.run(main())
