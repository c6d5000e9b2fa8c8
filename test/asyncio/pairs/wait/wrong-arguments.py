# wait takes tasks, some at least, and one of three words.
import asyncio


async def hello():
    return "hello"


async def main():
    task = asyncio.create_task(hello())
    greeting = hello()
    for arguments in ([greeting], []):
        try:
            await asyncio.wait(arguments)
        except (TypeError, ValueError) as error:
            print(repr(error))
    try:
        await asyncio.wait([task], return_when="SOMETIME")
    except ValueError as error:
        print(repr(error))
    print(await task, await greeting)


asyncio.run(main())
