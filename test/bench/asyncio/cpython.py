"""The programs that are measured under CPython's asyncio and under uvloop: python cpython.py {part} {n} [uvloop]."""

import asyncio
import json
import resource
import sys
import time

sys.setrecursionlimit(5000)


async def nothing(): pass


async def sleeper(): await asyncio.sleep(1)


async def once(): await asyncio.sleep(0)


async def spinner(times):
    for _ in range(times):
        await asyncio.sleep(0)


async def awaiter(times):
    for _ in range(times):
        await nothing()


async def deep(depth, times):
    if depth > 1:
        await deep(depth - 1, times)
    else:
        for _ in range(times):
            await asyncio.sleep(0)


async def putter(queue, times):
    for i in range(times):
        await queue.put(i)


async def getter(queue, times):
    for _ in range(times):
        await queue.get()


async def holder(lock, times):
    for _ in range(times):
        await lock.acquire()
        await asyncio.sleep(0)
        lock.release()


def through_queue(n):
    queue = asyncio.Queue(1)
    return asyncio.gather(putter(queue, n), getter(queue, n))


def through_lock(n):
    lock = asyncio.Lock()
    return asyncio.gather(*[holder(lock, n // 10) for _ in range(10)])


async def grow(n, times):
    for _ in range(times):
        await asyncio.gather(*[once() for _ in range(n)])


PARTS = {
    'sleepers': (lambda n: asyncio.gather(*[sleeper() for _ in range(n)]), False, 1),
    'switch': (lambda n: asyncio.gather(*[spinner(n // 100) for _ in range(100)]), True, 0),
    'await': (lambda n: awaiter(n), True, 0),
    'deep 1': (lambda n: deep(1, n), True, 0),
    'deep 100': (lambda n: deep(100, n), True, 0),
    'deep 1000': (lambda n: deep(1000, n), True, 0),
    'queue': (through_queue, True, 0),
    'lock': (through_lock, True, 0),
    'growth': (lambda n: grow(n, max(1, 100_000 // n)), True, 0),
}


async def main(part, n):
    work, shared, less = PARTS[part]
    if part == 'growth':
        await grow(1000, 20)
    began = time.perf_counter()
    await work(n)
    return (time.perf_counter() - began - less) / (max(n, 100_000) if part == 'growth' else n if shared else 1)


part, n, *loop = sys.argv[1:]
if loop == ['uvloop']:
    import uvloop
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
seconds = asyncio.run(main(part, int(n)))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({'seconds': seconds, 'memory': peak / (1024 if sys.platform == 'linux' else 1024 * 1024)}))
