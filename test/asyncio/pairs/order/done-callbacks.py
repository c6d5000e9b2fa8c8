# Done callbacks run at the next turn, in order; one added to a finished task runs too.
import asyncio


async def answer():
    return 42


async def main():
    task = asyncio.create_task(answer())
    removed = lambda t: print("never")
    task.add_done_callback(lambda t: print("first", t.result()))
    task.add_done_callback(removed)
    task.add_done_callback(lambda t: print("second", t is task))
    print("removed", task.remove_done_callback(removed), task.remove_done_callback(removed))
    await asyncio.sleep(0)
    print("done", task.done())
    await asyncio.sleep(0)
    task.add_done_callback(lambda t: print("late"))
    print("added")
    await asyncio.sleep(0)
    print("end")


asyncio.run(main())
