from judge import *


def future():
    return asyncio.get_running_loop().create_future()


def callback(done):
    print("called", done)


def other(done):
    print("other", done)


class BaseFutureTests:
    async def test_isfuture(self):
        print(asyncio.isfuture(future()), asyncio.isfuture(1), asyncio.isfuture(asyncio.Future), asyncio.isfuture(None))
        task = asyncio.create_task(asyncio.sleep(0))
        print(asyncio.isfuture(task), await task)

    async def test_initial_state(self):
        one = future()
        print(one.done(), one.cancelled())
        one.cancel()
        print(one.done(), one.cancelled())

    async def test_constructor_use_running_loop(self):
        print(future().get_loop() is asyncio.get_running_loop())

    def test_constructor_without_loop(self):
        print(raised(asyncio.get_running_loop))

    async def test_future_cancel_message_getter(self):
        one = future()
        one.cancel("my message")
        print(await outcome(one), raised(one.result))

    async def test_cancel(self):
        one = future()
        print(one.cancel(), one.cancelled(), one.done())
        print(raised(one.result), raised(one.exception))
        print(raised(one.set_result, None), raised(one.set_exception, RuntimeError()), one.cancel())

    async def test_result(self):
        one = future()
        print(raised(one.result))
        one.set_result(42)
        print(one.cancelled(), one.done(), one.result(), one.exception())
        print(raised(one.set_result, None), raised(one.set_exception, RuntimeError()), one.cancel())

    async def test_exception(self):
        one = future()
        print(raised(one.exception))
        one.set_exception(RuntimeError("no"))
        print(one.cancelled(), one.done(), raised(one.result), one.exception())
        print(raised(one.set_result, None), raised(one.set_exception, RuntimeError()), one.cancel())

    async def test_exception_class(self):
        one = future()
        one.set_exception(RuntimeError)
        print(one.exception())

    async def test_yield_from_twice(self):
        one = future()
        asyncio.get_running_loop().call_soon(one.set_result, 42)
        print(await one, await one)

    async def test_future_repr(self):
        one = future()
        print(one)
        one.cancel()
        print(one)
        one = future()
        one.set_result(4)
        print(one)
        one = future()
        one.set_exception(RuntimeError())
        print(one, one.exception())
        one = future()
        one.set_result("text")
        print(one)

    async def test_our_future_repr_callbacks(self):
        one = future()
        one.add_done_callback(callback)
        print(one)
        one.add_done_callback(other)
        print(one)
        for _ in range(8):
            one.add_done_callback(callback)
        print(one)
        one.cancel()
        print(one)

    async def test_iter(self):
        async def body():
            await one

        one = future()
        coro = body()
        coro.send(None)
        print(raised(lambda: coro.send(None)))

    async def test_future_iter_throw(self):
        one = future()

        async def body():
            return await outcome(one)

        coro = body()
        coro.send(None)
        try:
            coro.throw(ValueError("thrown"))
        except StopIteration as stop:
            print(stop.value)

    async def test_our_future_iter_close(self):
        one = future()

        async def body():
            try:
                await one
            finally:
                print("finally")

        coro = body()
        coro.send(None)
        coro.close()
        print(one.done())

    async def test_tb_logger_exception_retrieved(self):
        asyncio.get_running_loop().set_exception_handler(handler)
        one = future()
        one.set_exception(RuntimeError("boom"))
        print(one.exception())

    async def test_tb_logger_not_called_after_cancel(self):
        asyncio.get_running_loop().set_exception_handler(handler)
        one = future()
        one.set_exception(RuntimeError("boom"))
        print(one.cancel())

    async def test_our_await_done(self):
        one = future()
        one.set_result("at once")
        asyncio.get_running_loop().call_soon(print, "not yet")
        print(await one)
        await ticks()

    async def test_our_await_exception_twice(self):
        one = future()
        one.set_exception(RuntimeError("boom"))
        print(await outcome(one), await outcome(one))

    async def test_our_set_exception_invalid(self):
        print(raised(future().set_exception, 42))

    async def test_wrap_future_future(self):
        one = future()
        print(asyncio.wrap_future(one) is one)

    async def test_our_ensure_future_future(self):
        one = future()
        print(asyncio.ensure_future(one) is one)


class BaseFutureDoneCallbackTests:
    async def test_callbacks_invoked_on_set_result(self):
        one = future()
        one.add_done_callback(callback)
        one.add_done_callback(other)
        one.set_result("foo")
        print("set")
        await ticks()

    async def test_callbacks_invoked_on_set_exception(self):
        one = future()
        one.add_done_callback(callback)
        one.set_exception(RuntimeError("boom"))
        await ticks()
        print(one.exception())

    async def test_our_callbacks_invoked_when_done(self):
        one = future()
        one.set_result(1)
        one.add_done_callback(callback)
        print("added")
        await ticks()

    async def test_callbacks_remove_first_callback(self):
        one = future()
        one.add_done_callback(callback)
        one.add_done_callback(other)
        print(one.remove_done_callback(callback), one.remove_done_callback(callback))
        one.set_result("foo")
        await ticks()

    async def test_callbacks_remove_first_and_second_callback(self):
        one = future()
        for call in (callback, other, callback):
            one.add_done_callback(call)
        print(one.remove_done_callback(callback), one.remove_done_callback(other))
        one.set_result("foo")
        await ticks()
        print("none")

    async def test_callbacks_remove_third_callback(self):
        one = future()
        one.add_done_callback(callback)
        one.add_done_callback(callback)
        one.add_done_callback(other)
        print(one.remove_done_callback(other))
        one.set_result("foo")
        await ticks()

    async def test_remove_done_callback(self):
        one = future()
        for _ in range(3):
            one.add_done_callback(callback)
        print(one.remove_done_callback(callback), one.remove_done_callback(callback))
        one.set_result(None)
        await ticks()
        print("none")

    async def test_schedule_callbacks_list_mutation_1(self):
        one = future()

        def remover(done):
            print("remover", one.remove_done_callback(other))

        one.add_done_callback(remover)
        one.add_done_callback(other)
        one.set_result(1)
        await ticks()

    async def test_schedule_callbacks_list_mutation_2(self):
        one = future()

        def adder(done):
            print("adder")
            one.add_done_callback(other)

        one.add_done_callback(adder)
        one.set_result(1)
        await ticks()
        print("a pass later")
        await ticks()

    async def test_our_callback_raises(self):
        asyncio.get_running_loop().set_exception_handler(handler)
        one = future()

        def fail(done):
            raise ValueError("callback")

        one.add_done_callback(fail)
        one.add_done_callback(other)
        one.set_result(1)
        await ticks()


class FutureTests:
    async def test_future_traceback(self):
        async def fail():
            raise RuntimeError("boom")

        async def outer():
            await fail()

        print(await outcome(outer()))

    async def test_our_gathered(self):
        print(await outcome(asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0, "b"))))

    async def test_our_await_from_two_tasks(self):
        one = future()
        tasks = [asyncio.create_task(outcome(one)) for _ in range(2)]
        await ticks()
        print(one)
        one.set_result("both")
        print(await asyncio.gather(*tasks))

    async def test_our_cancel_awaiting_task_cancels_future(self):
        one = future()
        tasks = [asyncio.create_task(outcome(one)) for _ in range(2)]
        await ticks()
        tasks[0].cancel("why")
        print(await asyncio.gather(*tasks), one.cancelled())
