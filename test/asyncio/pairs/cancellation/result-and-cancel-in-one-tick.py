# Cancelled in the tick its future was set: the task is cancelled, the future keeps its result.
import asyncio


async def waiter(future):
    try:
        print("got", await future)
    except asyncio.CancelledError as error:
        print(repr(error))
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    future.set_result("result")
    print(task.cancel("late"))
    await asyncio.wait([task])
    print(task.cancelled(), future.cancelled(), future.result())


asyncio.run(main())
