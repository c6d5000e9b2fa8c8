from judge import *
import contextvars


def call(*args):
    print("called", *args)


def bad():
    raise ValueError("bad")


async def value(result=None, seconds=None):
    if seconds is not None:
        await asyncio.sleep(seconds)
    return result


class BaseEventLoopTests:
    async def test_call_soon(self):
        loop = asyncio.get_running_loop()
        handle = loop.call_soon(call, 1, 2)
        print(isinstance(handle, asyncio.Handle), handle.cancelled())
        await ticks()

    async def test_call_soon_non_callable(self):
        loop = asyncio.get_running_loop()
        loop.set_debug(True)
        coro = value()
        print(raised(loop.call_soon, coro))
        loop.set_debug(False)
        coro.close()

    async def test_our_call_soon_order(self):
        loop = asyncio.get_running_loop()
        loop.call_soon(call, 1)
        loop.call_soon(call, 2)
        handle = loop.call_soon(call, 3)
        loop.call_soon(call, 4)
        handle.cancel()
        await ticks()
        print(handle.cancelled())

    async def test_call_later(self):
        loop, log = asyncio.get_running_loop(), []
        handle = loop.call_later(0.1, lambda: log.append(now()))
        print(isinstance(handle, asyncio.TimerHandle), round(handle.when(), 3), handle.cancelled())
        await asyncio.sleep(0.2)
        print(log)

    async def test_our_call_later_none(self):
        print(raised(asyncio.get_running_loop().call_later, None, call))

    async def test_call_later_negative_delays(self):
        loop = asyncio.get_running_loop()
        loop.call_later(-1, call, "a")
        loop.call_later(-2, call, "b")
        await asyncio.sleep(0.01)

    async def test_our_call_at_none(self):
        print(raised(asyncio.get_running_loop().call_at, None, call))

    async def test_time_and_call_at(self):
        loop, log = asyncio.get_running_loop(), []
        loop.call_at(loop.time() + 0.1, lambda: log.append(now()))
        await asyncio.sleep(0.2)
        print(log, now())

    async def test_our_timers_order(self):
        loop = asyncio.get_running_loop()
        for delay in (0.3, 0.1, 0.2, 0.1):
            loop.call_later(delay, call, delay)
        await asyncio.sleep(0.5)

    async def test_our_cancelled_timers(self):
        loop = asyncio.get_running_loop()
        handles = [loop.call_later(n / 10, call, n) for n in range(1, 6)]
        for handle in handles[1:4]:
            handle.cancel()
        await asyncio.sleep(1)
        print([handle.cancelled() for handle in handles])

    async def test_set_debug(self):
        loop = asyncio.get_running_loop()
        loop.set_debug(True)
        print(loop.get_debug())
        loop.set_debug(False)
        print(loop.get_debug())

    async def test_default_exc_handler_callback(self):
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(handler)
        loop.call_soon(bad)
        await ticks()
        loop.call_later(0.1, bad)
        await asyncio.sleep(0.2)

    async def test_set_exc_handler_invalid(self):
        print(raised(asyncio.get_running_loop().set_exception_handler, "spam"))

    async def test_set_exc_handler_custom(self):
        loop = asyncio.get_running_loop()
        print(loop.get_exception_handler())
        loop.set_exception_handler(handler)
        print(loop.get_exception_handler() is handler)
        loop.call_soon(bad)
        await ticks()
        loop.set_exception_handler(None)
        print(loop.get_exception_handler())

    async def test_set_exc_handler_broken(self):
        loop, log = asyncio.get_running_loop(), []

        def broken(loop, context):
            log.append(context["message"])
            raise AttributeError("broken")

        loop.set_exception_handler(broken)
        loop.call_soon(bad)
        loop.call_soon(call, "goes on")
        await ticks()
        print(len(log))

    async def test_our_call_exception_handler(self):
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(handler)
        loop.call_exception_handler({"message": "mine", "exception": ValueError("spam")})

    async def test_set_task_factory_invalid(self):
        print(raised(asyncio.get_running_loop().set_task_factory, 1))

    async def test_set_task_factory(self):
        loop, made = asyncio.get_running_loop(), []
        print(loop.get_task_factory())

        def factory(loop, coro, **options):
            task = asyncio.Task(coro, loop=loop, **options)
            made.append(task.get_name())
            return task

        loop.set_task_factory(factory)
        print(loop.get_task_factory() is factory)
        print(await asyncio.create_task(value("mine"), name="named"), made)
        loop.set_task_factory(None)
        print(loop.get_task_factory())

    async def test_create_task(self):
        task = asyncio.get_running_loop().create_task(value("ok"))
        print(isinstance(task, asyncio.Task), await task)

    async def test_create_named_task_with_default_factory(self):
        task = asyncio.get_running_loop().create_task(value("ok"), name="test_task")
        print(task.get_name(), await task)

    async def test_create_task_error_closes_coro(self):
        def factory(loop, coro, **options):
            raise ValueError("factory")

        loop, coro = asyncio.get_running_loop(), value("ok")
        loop.set_task_factory(factory)
        print(raised(loop.create_task, coro))
        loop.set_task_factory(None)
        coro.close()

    async def test_our_is_running(self):
        loop = asyncio.get_running_loop()
        print(loop.is_running(), loop.is_closed())

    async def test_our_stop(self):
        print(callable(asyncio.get_running_loop().stop))

    def test_our_running_loop_within_a_loop(self):
        loops = []

        async def main():
            loops.append(asyncio.get_running_loop())

        asyncio.run(main())
        asyncio.run(main())
        print(loops[0] is loops[1], raised(asyncio.get_running_loop))

    async def test_our_call_soon_context(self):
        var = contextvars.ContextVar("var", default="outer")
        context = contextvars.copy_context()
        context.run(var.set, "inner")
        loop = asyncio.get_running_loop()
        loop.call_soon(lambda: call(var.get()), context=context)
        loop.call_later(0.1, lambda: call(var.get()), context=context)
        loop.call_at(0.2, lambda: call(var.get()), context=context)
        await asyncio.sleep(0.3)
        print(var.get())

    async def test_our_callback_scheduled_in_callback(self):
        loop = asyncio.get_running_loop()
        loop.call_soon(lambda: loop.call_soon(call, "second pass"))
        loop.call_soon(call, "first pass")
        await ticks()
        print("between")
        await ticks()

    async def test_our_keyboard_interrupt_free_loop(self):
        loop = asyncio.get_running_loop()
        log = []
        loop.call_soon(log.append, 1)
        loop.call_soon_threadsafe(log.append, 2)
        await ticks()
        print(log)


class HandleTests:
    async def test_handle(self):
        handle = asyncio.get_running_loop().call_soon(call)
        print(handle.cancelled())
        handle.cancel()
        print(handle.cancelled())
        await ticks()
        print("not called")

    async def test_callback_with_exception(self):
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(handler)
        loop.call_soon(bad)
        loop.call_soon(call, "goes on")
        await ticks()

    async def test_handle_repr(self):
        loop = asyncio.get_running_loop()
        handle = loop.call_soon(call)
        print(handle)
        handle.cancel()
        print(handle)

    async def test_our_handle_repr_arguments(self):
        handle = asyncio.get_running_loop().call_soon(call, 1, "two")
        print(handle)
        await ticks()

    async def test_our_get_context(self):
        context = contextvars.copy_context()
        handle = asyncio.get_running_loop().call_soon(call, context=context)
        print(handle.get_context() is context)
        handle.cancel()


class TimerTests:
    async def test_when(self):
        handle = asyncio.get_running_loop().call_at(5, call)
        print(handle.when())
        handle.cancel()

    async def test_timer(self):
        handle = asyncio.get_running_loop().call_later(0.1, call)
        print(handle.cancelled())
        handle.cancel()
        await asyncio.sleep(0.2)
        print(handle.cancelled(), now())

    async def test_timer_repr(self):
        handle = asyncio.get_running_loop().call_at(123, call)
        print(handle)
        handle.cancel()
        print(handle)

    async def test_our_cancel_twice(self):
        handle = asyncio.get_running_loop().call_later(0.1, call)
        handle.cancel()
        handle.cancel()
        print(handle.cancelled())

    async def test_our_cancel_after_call(self):
        handle = asyncio.get_running_loop().call_later(0.1, call)
        await asyncio.sleep(0.2)
        handle.cancel()
        print(handle.cancelled())


async def result(seconds=0):
    await asyncio.sleep(seconds)
    return "finished after blocking"


class EagerTaskFactoryLoopTests:
    async def eager(self):
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)

    async def test_eager_task_factory_set(self):
        await self.eager()
        loop = asyncio.get_running_loop()
        print(loop.get_task_factory() is asyncio.eager_task_factory)
        print(isinstance(loop.create_task(value()), asyncio.Task))

    async def test_await_future_during_eager_step(self):
        await self.eager()
        loop = asyncio.get_running_loop()

        async def put(future, what):
            future.set_result(what)

        future = loop.create_future()
        task = loop.create_task(put(future, "my message"))
        print(task.done(), await future)

    async def test_eager_completion(self):
        await self.eager()
        task = asyncio.create_task(value("hello"))
        print(task.done(), await task)

    async def test_block_after_eager_step(self):
        await self.eager()
        task = asyncio.create_task(result(0.1))
        print(task.done(), await task, task.done())

    async def test_cancellation_after_eager_completion(self):
        await self.eager()
        task = asyncio.create_task(value("without blocking"))
        print(task.cancel(), await task, task.cancelled())

    async def test_cancellation_after_eager_step_blocks(self):
        await self.eager()
        task = asyncio.create_task(result(0.1))
        print(task.cancel("cancellation message"), task.cancelling(), await outcome(task))

    async def test_current_task(self):
        await self.eager()
        seen = []

        async def body():
            seen.append(asyncio.current_task())
            await asyncio.sleep(0.1)
            seen.append(asyncio.current_task())

        me = asyncio.current_task()
        task = asyncio.create_task(body())
        print(seen[0] is task, asyncio.current_task() is me)
        await task
        print(seen[1] is task)

    async def test_all_tasks_with_eager_completion(self):
        await self.eager()
        seen = []

        async def body():
            seen.append(len(asyncio.all_tasks()))

        task = asyncio.create_task(body())
        print(seen, task in asyncio.all_tasks())

    async def test_all_tasks_with_blocking(self):
        await self.eager()
        task = asyncio.create_task(result(0.1))
        print(task in asyncio.all_tasks(), await task, task in asyncio.all_tasks())

    async def test_context_vars(self):
        await self.eager()
        var = contextvars.ContextVar("var", default=0)

        async def body():
            print(var.get())
            var.set(2)
            await asyncio.sleep(0.1)
            print(var.get())
            var.set(3)

        var.set(1)
        task = asyncio.create_task(body())
        print("after the first step", var.get())
        await task
        print(var.get())

    async def test_our_eager_exception(self):
        await self.eager()

        async def fail():
            raise ValueError("at once")

        task = asyncio.create_task(fail())
        print(task.done(), await outcome(task))

    async def test_eager_start_false(self):
        await self.eager()
        task = asyncio.create_task(value("later"), eager_start=False)
        print(task.done(), await task)

    async def test_eager_start_true(self):
        task = asyncio.create_task(value("at once"), eager_start=True)
        print(task.done(), await task)

    async def test_our_eager_name(self):
        await self.eager()

        async def body():
            print(asyncio.current_task().get_name())

        asyncio.create_task(body(), name="named")

    async def test_our_create_eager_task_factory(self):
        made = []

        def make(coro, **options):
            made.append(options.get("eager_start"))
            return asyncio.Task(coro, **options)

        asyncio.get_running_loop().set_task_factory(asyncio.create_eager_task_factory(make))
        task = asyncio.create_task(value("hello"))
        print(task.done(), await task, made)

    async def test_our_eager_gather(self):
        await self.eager()
        log = []

        async def body(name):
            log.append(name)
            await asyncio.sleep(0)
            log.append(name)

        await asyncio.gather(body("a"), body("b"))
        print(log)

    async def test_our_eager_task_group(self):
        await self.eager()
        async with asyncio.TaskGroup() as tg:
            done = tg.create_task(value("done"))
            print(done.done(), tg)
            tg.create_task(result(0.1))
        print(now())

    async def test_our_eager_task_group_error(self):
        await self.eager()

        async def fail():
            raise ValueError("at once")

        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(fail())
                await asyncio.sleep(1)

        print(await outcome(body()), now())


class BaseTaskCountingTests:
    async def test_awaitables_chain(self):
        async def chain(depth):
            return 0 if depth == 0 else 1 + await chain(depth - 1)

        print(await chain(100), len(asyncio.all_tasks()))

    async def test_recursive_taskgroups(self):
        count = []

        async def groups(width, depth):
            count.append(1)
            if depth > 0:
                async with asyncio.TaskGroup() as tg:
                    for _ in range(width):
                        tg.create_task(groups(width, depth - 1))

        await groups(5, 4)
        print(len(count))

    async def test_recursive_gather(self):
        count = []

        async def gathers(width, depth):
            count.append(1)
            if depth > 0:
                await asyncio.gather(*[gathers(width, depth - 1) for _ in range(width)])

        await gathers(5, 4)
        print(len(count))
