# run() wants something to await.
import asyncio


async def hello():
    return "hello"


for wrong in (hello, 42):
    try:
        asyncio.run(wrong)
    except TypeError as error:
        print(type(error).__name__, error)
print(asyncio.run(hello()))
