# Cancelling a ring of tasks that await each other recurses without end in CPython; here the ring is seen and cancelled once.
import asyncio


async def wait_for(name):
    await asyncio.sleep(0)
    await tasks[name]


tasks = {}


async def main():
    tasks["a"] = asyncio.create_task(wait_for("b"))
    tasks["b"] = asyncio.create_task(wait_for("a"))
    await asyncio.sleep(1)
    try:
        tasks["a"].cancel()
    except RecursionError as error:
        print(type(error).__name__)
    print("asked")
    done, pending = await asyncio.wait(tasks.values(), timeout=1)
    print(len(done), len(pending))


# Not asyncio.run, which would cancel the ring once more as it ends.
asyncio.new_event_loop().run_until_complete(main())
