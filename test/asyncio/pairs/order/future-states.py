# A future says what it is not ready to say.
import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    for ask in (future.result, future.exception):
        try:
            ask()
        except asyncio.InvalidStateError as error:
            print(repr(error))
    future.set_exception(ValueError("broken"))
    print(future.done(), future.cancelled(), repr(future.exception()))
    try:
        future.result()
    except ValueError as error:
        print(repr(error))
    print(future.cancel())
    other = asyncio.get_running_loop().create_future()
    print(other.cancel("enough"), other.cancelled(), other.done())
    try:
        await other
    except asyncio.CancelledError as error:
        print(repr(error))


asyncio.run(main())
