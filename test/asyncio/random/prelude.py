# What a random program stands on, in Python. prelude.ts says the same in TypeScript.
import asyncio
from asyncio import CancelledError
from contextvars import ContextVar

tasks = {}
locks = [asyncio.Lock(), asyncio.Lock()]
permits = asyncio.BoundedSemaphore(2)
queues = [asyncio.Queue(), asyncio.Queue(1), asyncio.LifoQueue(2), asyncio.PriorityQueue(3)]
event = asyncio.Event()
condition = asyncio.Condition()
barrier = asyncio.Barrier(2)
variable = ContextVar("variable", default="unset")


def show(value):
    if isinstance(value, BaseExceptionGroup):
        return f"Group{show(list(value.exceptions))}"
    if isinstance(value, (ValueError, asyncio.CancelledError)):
        return f"{type(value).__name__}({value})"
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, list):
        return f"[{' '.join(map(show, value))}]"
    return str(value)


def say(label, *values):
    print(label, f"{asyncio.get_running_loop().time():.3f}", *map(show, values))


def cancel(label, task):
    if task in tasks:
        say(label, tasks[task].cancel(label))


def watch(label, task):
    if task in tasks:
        tasks[task].add_done_callback(lambda done: say(label, done.cancelled(), done.cancelling()))


def look(label, task):
    if task not in tasks:
        return
    try:
        say(label, tasks[task].result())
    except BaseException as error:
        say(label, error)


def put_now(label, queue):
    try:
        queue.put_nowait(label)
    except asyncio.QueueFull as error:
        say(label, error)


def get_now(label, queue):
    try:
        say(label, queue.get_nowait())
    except asyncio.QueueEmpty as error:
        say(label, error)


async def waited(group, timeout, return_when):
    done, pending = await asyncio.wait(group, timeout=timeout, return_when=return_when)
    return [task in done for task in group] + [task in pending for task in group]


async def ticks(label, seconds):
    try:
        for i in range(2):
            await asyncio.sleep(seconds)
            yield f"{label} {i}"
    finally:
        say(label, "closes")
        await asyncio.sleep(seconds)
        say(label, "closed")


async def following(stream):
    return await anext(stream, "nothing")


stops = []


def stop():
    # Ends what waits for something that never comes: one task after the other is cancelled.
    alive = list(asyncio.all_tasks())
    if alive:
        alive[len(stops) % len(alive)].cancel(f"stop {len(stops)}")
    stops.append(stop)
    asyncio.get_running_loop().call_later(4, stop)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: None)
    loop.call_later(8, stop)
    return await f0()


def begin():
    try:
        print("returned", show(asyncio.run(main())))
    except BaseException as error:
        print("raised", show(error))
