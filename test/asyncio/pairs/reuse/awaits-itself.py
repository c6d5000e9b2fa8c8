# A coroutine that awaits itself is already executing.
import asyncio


async def ouroboros():
    try:
        await box[0]
    except ValueError as error:
        print(repr(error))
    return "done"


box = []


async def main():
    box.append(ouroboros())
    print(await box[0])


asyncio.run(main())
