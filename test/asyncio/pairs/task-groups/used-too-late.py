# A group takes no child once it has ended.
import asyncio


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(1))
    late = asyncio.sleep(1)
    try:
        group.create_task(late)
    except RuntimeError as error:
        print(str(error).split(">")[-1].strip())
    late.close()


asyncio.run(main())
