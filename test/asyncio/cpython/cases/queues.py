from judge import *

KINDS = (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue)


async def drain(queue, count):
    return [await queue.get() for _ in range(count)]


class QueueBasicTests:
    async def test_repr(self):
        queue = asyncio.Queue()
        print(queue)
        getter = asyncio.create_task(queue.get())
        await ticks()
        print(queue)
        queue.put_nowait(0)
        print(await getter)
        queue = asyncio.Queue(1)
        queue.put_nowait(1)
        putter = asyncio.create_task(queue.put(2))
        await ticks()
        print(queue)
        queue.get_nowait()
        await putter
        print(queue)

    async def test_str(self):
        queue = asyncio.Queue()
        queue.put_nowait(1)
        print(str(queue), str(asyncio.LifoQueue(3)), str(asyncio.PriorityQueue()))

    async def test_empty(self):
        queue = asyncio.Queue()
        print(queue.empty())
        await queue.put(1)
        print(queue.empty(), await queue.get(), queue.empty())

    async def test_full(self):
        print(asyncio.Queue().full())
        queue = asyncio.Queue(1)
        await queue.put(1)
        print(queue.full())

    async def test_order(self):
        queue = asyncio.Queue()
        for item in (1, 3, 2):
            await queue.put(item)
        print(await drain(queue, 3))

    async def test_maxsize(self):
        queue, log = asyncio.Queue(2), []

        async def putter():
            for item in range(3):
                await queue.put(item)
                log.append(item)

        task = asyncio.create_task(putter())
        await ticks(2)
        print(queue.maxsize, log, await queue.get())
        await ticks()
        print(log, await drain(queue, 2), task.done())


class QueueGetTests:
    async def test_blocking_get(self):
        queue = asyncio.Queue()
        queue.put_nowait(1)
        print(await queue.get())

    async def test_get_with_putters(self):
        queue = asyncio.Queue(1)
        await queue.put(1)
        putter = asyncio.create_task(queue.put(2))
        await ticks()
        print(await queue.get(), putter.done())
        await ticks()
        print(putter.done(), queue.qsize())

    async def test_blocking_get_wait(self):
        queue, started, log = asyncio.Queue(), asyncio.Event(), []

        async def getter():
            started.set()
            item = await queue.get()
            log.append("finished")
            return item

        task = asyncio.create_task(getter())
        await started.wait()
        print(log)
        asyncio.get_running_loop().call_later(0.01, queue.put_nowait, 1)
        print(await task, log, now())

    async def test_nonblocking_get(self):
        queue = asyncio.Queue()
        queue.put_nowait(1)
        print(queue.get_nowait())

    async def test_nonblocking_get_exception(self):
        print(raised(asyncio.Queue().get_nowait))

    async def test_get_cancelled_race(self):
        queue = asyncio.Queue()
        first, second = [asyncio.create_task(queue.get()) for _ in range(2)]
        await ticks()
        first.cancel()
        await ticks()
        print(first.done())
        await queue.put("a")
        await ticks()
        print(await second)

    async def test_get_with_waiting_putters(self):
        queue = asyncio.Queue(1)
        asyncio.create_task(queue.put("a"))
        asyncio.create_task(queue.put("b"))
        print(await queue.get(), await queue.get())

    async def test_why_are_getters_waiting(self):
        queue, log = asyncio.Queue(1), []

        async def produce():
            for item in range(5):
                await queue.put(item)
                log.append(f"put {item}")

        async def consume():
            for _ in range(5):
                log.append(f"got {await queue.get()}")

        async with asyncio.TaskGroup() as tg:
            tg.create_task(produce())
            tg.create_task(consume())
        print(log)

    async def test_cancelled_getters_not_being_held_in_self_getters(self):
        queue = asyncio.Queue(5)
        print(await outcome(asyncio.wait_for(queue.get(), 0.1)), queue)


class QueuePutTests:
    async def test_blocking_put(self):
        queue = asyncio.Queue()
        print(await queue.put(1), await queue.get())

    async def test_blocking_put_wait(self):
        queue, started, log = asyncio.Queue(1), asyncio.Event(), []

        async def putter():
            started.set()
            await queue.put(1)
            await queue.put(2)
            log.append("finished")

        asyncio.get_running_loop().call_later(0.01, queue.get_nowait)
        task = asyncio.create_task(putter())
        await started.wait()
        print(log)
        await task
        print(log, now())

    async def test_get_cancel_drop_one_pending_reader(self):
        queue = asyncio.Queue()
        reader = asyncio.create_task(queue.get())
        await ticks()
        queue.put_nowait(1)
        queue.put_nowait(2)
        reader.cancel()
        print(await outcome(reader), await queue.get())

    async def test_get_cancel_drop_many_pending_readers(self):
        queue = asyncio.Queue()
        readers = [asyncio.create_task(queue.get()) for _ in range(3)]
        await ticks()
        queue.put_nowait(1)
        queue.put_nowait(2)
        readers[0].cancel()
        print([await outcome(reader) for reader in readers])

    async def test_put_cancel_drop(self):
        queue = asyncio.Queue(1)
        queue.put_nowait(1)
        writer = asyncio.create_task(queue.put(2))
        await ticks()
        print(queue.get_nowait())
        writer.cancel()
        print(await outcome(writer))
        await queue.put(2)
        print(queue.get_nowait(), queue.qsize())

    async def test_nonblocking_put_exception(self):
        queue = asyncio.Queue(1)
        queue.put_nowait(1)
        print(raised(queue.put_nowait, 2))

    async def test_float_maxsize(self):
        queue = asyncio.Queue(1.3)
        queue.put_nowait(1)
        queue.put_nowait(2)
        print(queue.full(), raised(queue.put_nowait, 3))

    async def test_put_cancelled(self):
        queue = asyncio.Queue()
        task = asyncio.create_task(queue.put(1))
        print(await queue.get(), task.done(), task.result())

    async def test_put_cancelled_race(self):
        queue = asyncio.Queue(1)
        a, b, c = [asyncio.create_task(queue.put(item)) for item in "abX"]
        await ticks()
        print(a.done(), b.done())
        c.cancel()
        await ticks()
        print(c.done(), queue.get_nowait())
        await ticks()
        print(queue.get_nowait(), await b)

    async def test_put_with_waiting_getters(self):
        queue = asyncio.Queue()
        task = asyncio.create_task(queue.get())
        await ticks()
        await queue.put("a")
        print(await task)

    async def test_why_are_putters_waiting(self):
        queue, log = asyncio.Queue(2), []

        async def putter(item):
            await queue.put(item)
            log.append(item)

        async def getter():
            await ticks()
            for _ in range(queue.qsize()):
                log.append(f"got {queue.get_nowait()}")

        async with asyncio.TaskGroup() as tg:
            tg.create_task(getter())
            for item in range(4):
                tg.create_task(putter(item))
        print(log, queue)

    async def test_cancelled_puts_not_being_held_in_self_putters(self):
        queue = asyncio.Queue(1)
        queue.put_nowait(1)
        task = asyncio.create_task(queue.put(1))
        await ticks()
        print(queue)
        task.cancel()
        print(await outcome(task), queue)

    async def test_cancelled_put_silence_value_error_exception(self):
        queue = asyncio.Queue(1)
        queue.put_nowait(1)
        task = asyncio.create_task(queue.put(1))
        await ticks()
        queue.get_nowait()
        task.cancel()
        print(await outcome(task), queue)


class LifoQueueTests:
    async def test_order(self):
        queue = asyncio.LifoQueue()
        for item in (1, 3, 2):
            await queue.put(item)
        print(await drain(queue, 3))


class PriorityQueueTests:
    async def test_order(self):
        queue = asyncio.PriorityQueue()
        for item in (1, 3, 2):
            await queue.put(item)
        print(queue, await drain(queue, 3))


class _QueueJoinTestMixin:
    async def test_task_done_underflow(self):
        for kind in KINDS:
            print(raised(kind().task_done))

    async def test_task_done(self):
        for kind in KINDS:
            queue, total = kind(), []

            async def worker():
                while True:
                    total.append(await queue.get())
                    queue.task_done()

            for item in range(100):
                queue.put_nowait(item)
            tasks = [asyncio.create_task(worker()) for _ in range(2)]
            await queue.join()
            print(sum(total), queue)
            for task in tasks:
                task.cancel()

    async def test_join_empty_queue(self):
        for kind in KINDS:
            queue = kind()
            print(await queue.join(), await queue.join())

    async def test_format(self):
        for kind in KINDS:
            queue = kind()
            print(queue)
            queue.put_nowait(1)
            queue.put_nowait(2)
            queue.get_nowait()
            queue.get_nowait()
            print(queue)


class _QueueShutdownTestMixin:
    async def test_format(self):
        queue = asyncio.Queue()
        queue.shutdown()
        print(queue)

    async def test_shutdown_empty(self):
        for kind in KINDS:
            queue = kind()
            getter = asyncio.create_task(queue.get())
            await ticks()
            queue.shutdown()
            print(await outcome(getter), await outcome(queue.get()), await outcome(queue.put(1)))
            print(raised(queue.get_nowait), raised(queue.put_nowait, 1), await outcome(queue.join()))

    async def test_shutdown_nonempty(self):
        for kind in KINDS:
            queue = kind(1)
            await queue.put("data")
            putter = asyncio.create_task(queue.put("more"))
            await ticks()
            queue.shutdown()
            print(await outcome(putter), queue.get_nowait(), raised(queue.get_nowait))
            joiner = asyncio.create_task(queue.join())
            await ticks()
            print(joiner.done())
            queue.task_done()
            print(await outcome(joiner))

    async def test_shutdown_immediate(self):
        for kind in KINDS:
            queue = kind()
            await queue.put("data")
            joiner = asyncio.create_task(queue.join())
            await ticks()
            queue.shutdown(immediate=True)
            print(await outcome(joiner), raised(queue.get_nowait), raised(queue.task_done), queue.qsize())

    async def test_shutdown_immediate_with_unfinished(self):
        for kind in KINDS:
            queue = kind()
            await queue.put(1)
            await queue.put(2)
            await queue.get()
            joiner = asyncio.create_task(queue.join())
            await ticks()
            queue.shutdown(immediate=True)
            await ticks()
            print(joiner.done(), raised(queue.get_nowait))
            queue.task_done()
            print(await outcome(joiner), raised(queue.task_done))
