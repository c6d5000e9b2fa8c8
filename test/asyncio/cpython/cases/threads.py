from judge import *
import time


class ToThreadTests:
    async def test_to_thread(self):
        print(await asyncio.to_thread(lambda: 42))

    async def test_to_thread_exception(self):
        def fail():
            raise TypeError("thread")

        print(await outcome(asyncio.to_thread(fail)))

    async def test_to_thread_concurrent(self):
        print(await asyncio.gather(*[asyncio.to_thread(lambda n=n: n * n) for n in range(8)]))

    async def test_to_thread_args_kwargs(self):
        print(await asyncio.to_thread(lambda a, b: a + b, 1, 2))

    async def test_to_thread_once(self):
        calls = []
        print(await asyncio.to_thread(lambda: "once"))
        calls.append("after")
        print(calls)


class EventLoopTestsMixin:
    async def test_run_in_executor(self):
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(None, lambda text: text.upper(), "yo")
        print(asyncio.isfuture(future), await future)

    async def test_our_run_in_executor_exception(self):
        def fail():
            raise TypeError("thread")

        print(await outcome(asyncio.get_running_loop().run_in_executor(None, fail)))

    async def test_run_in_executor_cancel(self):
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(None, time.sleep, 0.05)
        future.cancel()
        print(await outcome(future), future.cancelled())
        print(await loop.run_in_executor(None, lambda: "the next one runs"))

    async def test_call_soon_threadsafe(self):
        log, loop = [], asyncio.get_running_loop()
        loop.call_soon(log.append, "soon")
        loop.call_soon_threadsafe(log.append, "threadsafe")
        await ticks()
        print(log)
