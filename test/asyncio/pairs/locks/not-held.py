# Releasing a lock that nobody holds is an error.
import asyncio


async def main():
    lock = asyncio.Lock()
    try:
        lock.release()
    except RuntimeError as error:
        print(repr(error))
    bounded = asyncio.BoundedSemaphore(1)
    try:
        bounded.release()
    except ValueError as error:
        print(repr(error))
    condition = asyncio.Condition()
    for wrong in (condition.notify, condition.notify_all):
        try:
            wrong()
        except RuntimeError as error:
            print(repr(error))
    try:
        await condition.wait()
    except RuntimeError as error:
        print(repr(error))
    try:
        asyncio.Semaphore(-1)
    except ValueError as error:
        print(repr(error))


asyncio.run(main())
