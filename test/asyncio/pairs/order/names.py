# Tasks have names, and know who is running.
import asyncio


async def who():
    print(asyncio.current_task().get_name())
    await asyncio.sleep(0)
    print(asyncio.current_task().get_name())


async def main():
    task = asyncio.create_task(who(), name="printer")
    await asyncio.sleep(0)
    task.set_name("plotter")
    print(len(asyncio.all_tasks()), task in asyncio.all_tasks())
    await task
    print(len(asyncio.all_tasks()), task in asyncio.all_tasks())


asyncio.run(main())
