# Those who wait for one future wake in the order they came.
import asyncio


async def waiter(name, future):
    print(name, await future)


async def main():
    future = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(waiter(name, future)) for name in "abc"]
    await asyncio.sleep(1)
    future.set_result("go")
    print("set")
    try:
        future.set_result("again")
    except asyncio.InvalidStateError as error:
        print(type(error).__name__)
    await asyncio.gather(*tasks)
    print(await future)


asyncio.run(main())
