# Cancelled before its first step, neither the body nor its finally ever runs.
import asyncio


async def body():
    try:
        print("never")
    finally:
        print("never either")


async def main():
    task = asyncio.create_task(body())
    print(task.cancel("too early"), task.cancelling(), task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print(repr(error))
    print(task.cancelled(), task.done(), task.cancel())


asyncio.run(main())
