# run() wants a coroutine.
import asyncio


async def hello():
    return "hello"


for wrong in (hello, 42):
    try:
        asyncio.run(wrong)
    except ValueError as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(">")[0])
print(asyncio.run(hello()))
