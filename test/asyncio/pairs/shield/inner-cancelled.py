# Cancelling what is inside still reaches whoever awaits the shield.
import asyncio


async def main():
    inner = asyncio.create_task(asyncio.sleep(10))
    asyncio.get_running_loop().call_later(1, inner.cancel, "inner")
    try:
        await asyncio.shield(inner)
    except asyncio.CancelledError as error:
        print(repr(error), inner.cancelled(), asyncio.current_task().cancelling())


asyncio.run(main())
