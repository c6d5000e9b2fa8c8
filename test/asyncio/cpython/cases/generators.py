from judge import *
import re


async def count(to=3):
    try:
        for n in range(to):
            received = yield n
            if received is not None:
                print("received", received)
            await asyncio.sleep(0.1)
    finally:
        print("finally")


class AsyncGenAsyncioTest:
    async def test_async_gen_asyncio_01(self):
        log = []
        async for n in count():
            log.append(n)
        print(log, now())

    async def test_async_gen_asyncio_02(self):
        async def gen():
            yield 1
            await asyncio.sleep(0.1)
            raise ZeroDivisionError("in it")
            yield 2

        async def body():
            log = []
            try:
                async for n in gen():
                    log.append(n)
            finally:
                print(log)

        print(await outcome(body()))

    async def test_async_gen_asyncio_anext_04(self):
        gen = count(2)
        print(await anext(gen), await anext(gen), await outcome(anext(gen)), await outcome(anext(gen)))

    async def test_async_gen_asyncio_anext_05(self):
        gen = count()
        print(await anext(gen))
        print(await outcome(gen.athrow(ValueError("thrown"))))
        print(await outcome(anext(gen)))

    async def test_async_gen_asyncio_anext_06(self):
        async def gen():
            yield 1
            yield 2

        one = gen()
        print(await anext(one), await anext(one), await anext(one, "default"), await anext(one, "again"))

    async def test_anext_return_generator(self):
        print(await anext(count(0), "none"))

    async def test_anext_await_raises(self):
        async def gen():
            raise ValueError("at once")
            yield 1

        print(await outcome(anext(gen(), "default")))

    async def test_async_gen_asyncio_aclose_06(self):
        async def gen():
            try:
                yield 1
            finally:
                await asyncio.sleep(0.1)
                print("closed", now())

        one = gen()
        print(await anext(one), await one.aclose(), await outcome(anext(one)))

    async def test_async_gen_asyncio_aclose_07(self):
        async def gen():
            try:
                await asyncio.sleep(0)
                yield 1
            finally:
                await asyncio.sleep(0)
                print("done")

        one = gen()
        await anext(one)
        print(await one.aclose())

    async def test_async_gen_asyncio_aclose_08(self):
        async def gen():
            try:
                yield 1
            finally:
                yield 2

        one = gen()
        await anext(one)
        print(await outcome(one.aclose()))

    async def test_async_gen_asyncio_aclose_10(self):
        async def gen():
            yield 1

        one = gen()
        print(await one.aclose(), await outcome(anext(one)))

    async def test_async_gen_asyncio_aclose_11(self):
        async def gen():
            try:
                yield 1
            except ValueError as error:
                print(error)

        one = gen()
        await anext(one)
        print(await outcome(one.athrow(ValueError("caught"))))

    async def test_async_gen_asyncio_asend_01(self):
        async def gen():
            value = yield 1
            while value != "stop":
                value = yield [value, "back"]

        one = gen()
        print(await one.asend(None), await one.asend("a"), await one.asend("b"), await outcome(one.asend("stop")))

    async def test_async_gen_asyncio_asend_02(self):
        print(await outcome(count().asend(5)))

    async def test_async_gen_asyncio_asend_03(self):
        async def gen():
            try:
                value = yield 1
                print("got", value)
                await asyncio.sleep(0.1)
                yield 2
            finally:
                print("closed")

        one = gen()
        print(await one.asend(None), await one.asend(100))
        await one.aclose()

    async def test_async_gen_asyncio_athrow_01(self):
        async def gen():
            while True:
                try:
                    yield 1
                except ValueError as error:
                    await asyncio.sleep(0.1)
                    yield f"caught {error}"

        one = gen()
        print(await anext(one), await one.athrow(ValueError("a")), await anext(one))
        print(await outcome(one.athrow(TypeError("b"))), await outcome(anext(one)))

    async def test_async_gen_asyncio_athrow_02(self):
        async def gen():
            print("never")
            yield 1

        one = gen()
        print(await outcome(one.athrow(ValueError("early"))), await outcome(anext(one)))

    async def test_async_gen_asyncio_athrow_03(self):
        async def gen():
            try:
                yield 1
            except ValueError:
                pass

        one = gen()
        await anext(one)
        print(await outcome(one.athrow(ValueError("swallowed"))))

    async def test_our_async_gen_exception_stopasynciteration(self):
        async def gen():
            yield 1
            raise StopAsyncIteration("mine")

        one = gen()
        print(await anext(one), await outcome(anext(one)))

    def test_async_gen_asyncio_shutdown_01(self):
        log = []

        async def waiter(seconds):
            try:
                await asyncio.sleep(seconds)
                yield 1
                await asyncio.sleep(seconds)
            finally:
                await asyncio.sleep(0.1)
                log.append(seconds)

        async def main():
            gens = [waiter(0.1), waiter(0.2)]
            keep.extend(gens)
            for gen in gens:
                await anext(gen)

        keep = []
        asyncio.run(main())
        print(sorted(log))

    def test_async_gen_asyncio_shutdown_exception_01(self):
        async def waiter():
            try:
                yield 1
            finally:
                raise ZeroDivisionError("while closing")

        async def main():
            asyncio.get_running_loop().set_exception_handler(lambda loop, context: print(context["exception"]))
            keep.append(waiter())
            await anext(keep[0])

        keep = []
        asyncio.run(main())

    async def test_async_gen_await_same_anext_coro_twice(self):
        async def gen():
            yield 1
            yield 2

        one = gen()
        step = one.asend(None)
        print(await outcome(step), (await outcome(step)).split("(")[0])

    async def test_async_gen_aclose_twice_with_different_coros(self):
        one = count()
        await anext(one)
        print(await one.aclose(), await one.aclose())

    async def test_async_gen_aclose_after_exhaustion(self):
        one = count(1)
        async for n in one:
            print(n)
        print(await one.aclose())

    async def test_our_concurrent_anext(self):
        one = count()

        async def take():
            return await anext(one)

        await anext(one)
        first = asyncio.create_task(take())
        await ticks()
        print(await outcome(take()))
        print(await first)

    async def test_our_cancelled_anext(self):
        async def gen():
            try:
                yield 1
                await asyncio.sleep(10)
                yield 2
            except asyncio.CancelledError as error:
                print(error)
                raise

        one = gen()
        await anext(one)
        task = asyncio.ensure_future(outcome(anext(one)))
        await ticks()
        task.cancel("why")
        print(await outcome(task), await outcome(anext(one)))

    async def test_our_timeout_in_generator(self):
        async def gen():
            async with asyncio.timeout(0.05):
                await asyncio.sleep(1)
            yield 1

        print(await outcome(anext(gen())), now())

    async def test_our_two_generators_interleaved(self):
        async def gen(name, seconds):
            for n in range(3):
                await asyncio.sleep(seconds)
                yield f"{name}{n}"

        async def take(one):
            async for item in one:
                log.append(item)

        log = []
        await asyncio.gather(take(gen("a", 0.1)), take(gen("b", 0.15)))
        print(log, now())

    async def test_our_delegating_generator(self):
        async def inner():
            yield 1
            yield 2

        async def outer():
            async for n in inner():
                yield n * 10
            yield "end"

        log = []
        async for n in outer():
            log.append(n)
        print(log)

    async def test_aiter_idempotent(self):
        one = count()
        print(aiter(one) is one)
        await one.aclose()


def shape(of):
    for line in asyncio.format_call_graph(of).split("\n"):
        if line.lstrip().startswith("*") or "Awaited by" in line:
            print(re.sub(r"(, )?id=0x[0-9a-f]+", "", line))


class CallStackTestBase:
    """test_graph.py: the shape of the call graph of tasks."""

    async def test_our_simple_await(self):
        seen = []

        async def inner():
            graph = asyncio.capture_call_graph()
            seen.append([entry.frame.f_code.co_name for entry in graph.call_stack])

        async def outer():
            await inner()

        await asyncio.create_task(outer())
        print(seen)

    async def test_stack_task(self):
        async def inner():
            await asyncio.sleep(1)

        async def outer():
            await asyncio.create_task(inner(), name="inner")

        task = asyncio.create_task(outer(), name="outer")
        await ticks(2)
        inner_task = [one for one in asyncio.all_tasks() if one.get_name() == "inner"][0]
        graph = asyncio.capture_call_graph(inner_task)
        print([one.future.get_name() for one in graph.awaited_by])
        await task

    async def test_stack_gather(self):
        async def inner():
            await asyncio.sleep(1)

        async def outer():
            await asyncio.gather(asyncio.create_task(inner(), name="inner"))

        task = asyncio.create_task(outer(), name="outer")
        await ticks(2)
        inner_task = [one for one in asyncio.all_tasks() if one.get_name() == "inner"][0]
        graph = asyncio.capture_call_graph(inner_task)
        print([one.future.get_name() for one in graph.awaited_by])
        await task

    async def test_stack_tgroup(self):
        async def inner():
            await asyncio.sleep(1)

        async def outer():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(inner(), name="inner")

        task = asyncio.create_task(outer(), name="outer")
        await ticks(2)
        inner_task = [one for one in asyncio.all_tasks() if one.get_name() == "inner"][0]
        graph = asyncio.capture_call_graph(inner_task)
        print([one.future.get_name() for one in graph.awaited_by])
        await task

    async def test_stack_shield(self):
        inner = asyncio.create_task(asyncio.sleep(1), name="inner")

        async def shields():
            await asyncio.shield(inner)

        async def waits():
            await asyncio.wait([inner])

        tasks = [asyncio.create_task(shields(), name="shields"), asyncio.create_task(waits(), name="waits")]
        await ticks(2)
        print(sorted(one.future.get_name() for one in asyncio.capture_call_graph(inner).awaited_by))
        await asyncio.gather(*tasks)

    async def test_our_future_add_to_awaited_by(self):
        inner = asyncio.create_task(asyncio.sleep(1), name="inner")
        outer = asyncio.create_task(asyncio.sleep(1), name="outer")
        await ticks()
        asyncio.future_add_to_awaited_by(inner, outer)
        print([one.future.get_name() for one in asyncio.capture_call_graph(inner).awaited_by])
        asyncio.future_discard_from_awaited_by(inner, outer)
        print([one.future.get_name() for one in asyncio.capture_call_graph(inner).awaited_by])
        await asyncio.gather(inner, outer)

    async def test_our_future_that_was_said_to_wait(self):
        between = asyncio.get_running_loop().create_future()
        inner = asyncio.create_task(asyncio.sleep(1), name="inner")
        asyncio.future_add_to_awaited_by(inner, between)
        shape(inner)

        async def waits():
            await between

        outer = asyncio.create_task(waits(), name="outer")
        await ticks(2)
        shape(inner)
        print(asyncio.capture_call_graph(inner).awaited_by[0].future is between)
        asyncio.future_discard_from_awaited_by(inner, between)
        shape(inner)
        between.set_result(None)
        await asyncio.gather(inner, outer)

    def test_our_outside_of_a_loop(self):
        print(raised(asyncio.capture_call_graph))

    async def test_our_in_a_callback(self):
        asyncio.get_running_loop().call_soon(lambda: print(asyncio.capture_call_graph()))
        await ticks()

    async def test_stack_future(self):
        async def deep(future):
            await future

        async def a(future):
            await deep(future)

        future = asyncio.get_running_loop().create_future()
        tasks = [asyncio.create_task(a(future), name="a"), asyncio.create_task(deep(future), name="b")]
        await ticks()
        graph = asyncio.capture_call_graph(future)
        print([entry for entry in graph.call_stack])
        for one in sorted(graph.awaited_by, key=lambda one: one.future.get_name()):
            print(one.future.get_name(), [entry.frame.f_code.co_name for entry in one.call_stack])
        future.set_result(None)
        await asyncio.gather(*tasks)

    async def test_our_print_call_graph(self):
        async def body():
            await asyncio.sleep(1)

        task = asyncio.create_task(body(), name="named")
        await ticks()
        text = asyncio.format_call_graph(task)
        print([line.split("(")[0] for line in text.split("\n")][:2], "name='named'" in text)
        task.cancel()
