# Awaiting what is done already does not give up the turn.
import asyncio


async def other():
    print("other")


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_result("done")
    task = asyncio.create_task(other())
    print(await future)
    print(await future)
    await task
    print(await task, "again")
    late = asyncio.create_task(other())
    await task
    print("task awaited again", late.done())
    await late


asyncio.run(main())
