# A task cannot wait for its own end.
import asyncio


async def main():
    async def selfish():
        try:
            await asyncio.current_task()
        except RuntimeError as error:
            print(str(error).split(":")[0])
        return "done"

    task = asyncio.create_task(selfish())
    print(await task)


asyncio.run(main())
