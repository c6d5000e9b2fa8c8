from judge import *
import contextlib
from contextvars import ContextVar


async def slow(name, seconds=10):
    try:
        await asyncio.sleep(seconds)
        return name
    except asyncio.CancelledError:
        print(now(), "cancelled", name)
        raise
    finally:
        print(now(), "finally", name)


async def fails(error, seconds=0):
    await asyncio.sleep(seconds)
    raise error


class GroupTests:
    async def test_our_group_in_timeout_with_queue_shutdown(self):
        queue = asyncio.Queue(1)

        async def worker(name):
            try:
                while True:
                    item = await queue.get()
                    print(now(), name, item)
                    await asyncio.sleep(1)
                    queue.task_done()
            except asyncio.QueueShutDown:
                print(now(), name, "shut down")

        async def producer():
            for item in range(10):
                await queue.put(item)

        async def body():
            async with asyncio.timeout(2.5) as scope:
                async with asyncio.TaskGroup() as group:
                    group.create_task(worker("a"))
                    group.create_task(worker("b"))
                    producing = group.create_task(producer())
                    producing.add_done_callback(lambda task: queue.shutdown())

        print(await outcome(body()), queue.qsize())

    async def test_our_group_with_queue_shut_down_at_once(self):
        queue = asyncio.Queue(3)
        for item in range(3):
            queue.put_nowait(item)
        async with asyncio.TaskGroup() as group:
            putters = [group.create_task(outcome(queue.put(item))) for item in range(2)]
            joiner = group.create_task(outcome(queue.join()))
            await asyncio.sleep(1)
            queue.shutdown(immediate=True)
        print([task.result() for task in putters], joiner.result())
        print(await outcome(queue.put(1)), await outcome(queue.get()), raised(queue.put_nowait, 1), raised(queue.get_nowait))

    async def test_our_groups_in_one_another_fail_together(self):
        async def body():
            async with asyncio.TaskGroup() as outer:
                outer.create_task(fails(ValueError("outer"), 1))
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(fails(KeyError("inner"), 1))
                    inner.create_task(slow("inner"))

        print(await outcome(body()))

    async def test_our_except_star_leaves_the_rest(self):
        async def body():
            try:
                async with asyncio.TaskGroup() as group:
                    for error in (ValueError("v"), TypeError("t"), RuntimeError("r")):
                        group.create_task(fails(error))
            except* (ValueError, TypeError) as caught:
                print("caught", caught)

        print(await outcome(body()))

    async def test_our_group_body_fails_while_a_child_swallows(self):
        async def stubborn():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                await asyncio.sleep(1)
                return "anyway"

        async def body():
            async with asyncio.TaskGroup() as group:
                child = group.create_task(stubborn())
                await asyncio.sleep(0)
                try:
                    raise ValueError("body")
                finally:
                    print("leaving", child.done())

        print(await outcome(body()), now())

    async def test_our_cancelled_while_the_group_waits_for_clean_up(self):
        async def cleans():
            try:
                await asyncio.sleep(10)
            finally:
                try:
                    await asyncio.sleep(1)
                except asyncio.CancelledError:
                    print(now(), "cancelled twice")
                    raise

        async def body():
            async with asyncio.TaskGroup() as group:
                group.create_task(cleans())
                group.create_task(fails(ValueError("one"), 0.5))

        task = asyncio.create_task(body())
        await asyncio.sleep(1)
        task.cancel("from outside")
        print(await outcome(task), now(), task.cancelling())

    async def test_our_cancel_in_aexit_of_a_manager(self):
        @contextlib.asynccontextmanager
        async def manager():
            try:
                yield 1
            finally:
                print(now(), "leaving")
                await asyncio.sleep(1)
                print(now(), "left")

        async def body():
            async with manager():
                await asyncio.sleep(1)

        task = asyncio.create_task(body())
        await asyncio.sleep(1.5)
        task.cancel("late")
        print(await outcome(task), now())

    async def test_our_group_of_eager_tasks(self):
        loop = asyncio.get_running_loop()
        loop.set_task_factory(asyncio.eager_task_factory)

        async def quick(name):
            print("in", name)
            return name

        async def body():
            async with asyncio.TaskGroup() as group:
                one = group.create_task(quick("one"))
                print("one", one.done())
                two = group.create_task(slow("two", 1))
                print("two", two.done())
                three = group.create_task(fails(ValueError("three")))
                print("three", three.done())

        print(await outcome(body()))
        loop.set_task_factory(None)

    async def test_our_eager_task_that_fails_at_once(self):
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)

        async def bad():
            raise ValueError("at once")

        async def body():
            async with asyncio.TaskGroup() as group:
                group.create_task(bad())
                print("after the first")
                print(raised(group.create_task, slow("second", 1)).split("(")[0])
                await asyncio.sleep(0)
                print("not reached")

        print(await outcome(body()))
        print(await outcome(asyncio.gather(bad(), slow("third", 1), return_exceptions=True)))
        asyncio.get_running_loop().set_task_factory(None)


class TimeoutTests:
    async def test_our_timeouts_in_one_another_at_one_time(self):
        async def body():
            async with asyncio.timeout(1) as outer:
                try:
                    async with asyncio.timeout(1) as inner:
                        await asyncio.sleep(5)
                except TimeoutError:
                    print("inner", outer.expired(), inner.expired())
                await asyncio.sleep(0)
                print("goes on")

        print(await outcome(body()))

    async def test_our_outer_timeout_while_the_inner_cleans_up(self):
        async def body():
            async with asyncio.timeout(1.5):
                try:
                    async with asyncio.timeout(1):
                        try:
                            await asyncio.sleep(5)
                        finally:
                            await asyncio.sleep(5)
                except TimeoutError:
                    print("inner")

        print(await outcome(body()), now(), asyncio.current_task().cancelling())

    async def test_our_reschedule_while_expiring(self):
        async def body():
            async with asyncio.timeout(1) as scope:
                print(scope)
                await asyncio.sleep(0.5)
                scope.reschedule(asyncio.get_running_loop().time() + 2)
                print(scope, scope.when())
                await asyncio.sleep(1)
                scope.reschedule(None)
                print(scope, scope.when())
                await asyncio.sleep(5)
                scope.reschedule(0.0)
                print(scope)
                try:
                    await asyncio.sleep(1)
                finally:
                    print(scope, raised(scope.reschedule, 9))

        print(await outcome(body()), now())

    async def test_our_uncancel_in_a_timeout(self):
        async def body():
            task = asyncio.current_task()
            try:
                async with asyncio.timeout(1):
                    try:
                        await asyncio.sleep(5)
                    except asyncio.CancelledError:
                        print("uncancel", task.uncancel())
                        await asyncio.sleep(1)
                        print("slept")
            except TimeoutError:
                print("timeout")
            print(task.cancelling(), now())

        print(await outcome(asyncio.create_task(body())))

    async def test_our_cancel_and_timeout_at_one_time(self):
        async def body():
            async with asyncio.timeout(1):
                await asyncio.sleep(5)

        task = asyncio.create_task(body())
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_at(1, task.cancel, "by hand")
        print(await outcome(task), task.cancelled(), task.cancelling())

    async def test_our_wait_for_in_wait_for(self):
        print(await outcome(asyncio.wait_for(asyncio.wait_for(slow("in", 5), 2), 1)), now())
        print(await outcome(asyncio.wait_for(asyncio.wait_for(slow("in", 5), 1), 2)), now())
        print(await outcome(asyncio.wait_for(asyncio.shield(slow("kept", 1)), 0.5)), now())
        await asyncio.sleep(1)

    async def test_our_uncancel_by_count(self):
        async def body():
            me = asyncio.current_task()
            for _ in range(3):
                me.cancel()
            print(me.cancelling(), me.uncancel(), me.uncancel())
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                print("still cancelled", me.uncancel(), me.uncancel())
            me.cancel()
            me.uncancel()
            await asyncio.sleep(0)
            return "taken back"

        print(await outcome(asyncio.create_task(body())))

    async def test_our_as_completed_with_timeout_goes_on(self):
        tasks = [asyncio.create_task(slow(n, n)) for n in (3, 1, 2)]
        try:
            for one in asyncio.as_completed(tasks, timeout=2.5):
                print(await one)
        except TimeoutError as error:
            print("timeout", error, [task.done() for task in tasks])
        print(await outcome(tasks[0]))

    async def test_our_as_completed_of_mixed(self):
        future = asyncio.get_running_loop().create_future()
        future.set_result("there")
        failing = asyncio.create_task(fails(ValueError("no"), 1))
        cancelled = asyncio.create_task(slow("c"))
        cancelled.cancel()
        async for one in asyncio.as_completed([future, failing, cancelled, future]):
            print(one is future, one is failing, one is cancelled, await outcome(one))


class GeneratorTests:
    async def test_our_aclosing_after_a_break(self):
        async def numbers():
            try:
                for n in range(5):
                    yield n
                    await asyncio.sleep(1)
            finally:
                print(now(), "closing")
                await asyncio.sleep(1)
                print(now(), "closed")

        async with contextlib.aclosing(numbers()) as source:
            async for n in source:
                print(n)
                if n == 1:
                    break
        print(now(), await outcome(anext(source, "none")))

    async def test_our_task_cancelled_in_a_generator(self):
        async def numbers():
            try:
                yield 1
                await asyncio.sleep(5)
            except asyncio.CancelledError:
                print("generator cancelled")
                yield "instead"
            finally:
                print("generator ends")

        async def body():
            source = numbers()
            async for n in source:
                print("got", n)
            return "ended"

        task = asyncio.create_task(body())
        await asyncio.sleep(1)
        task.cancel()
        print(await outcome(task), task.cancelling())

    async def test_our_generator_closed_while_it_waits(self):
        async def numbers():
            yield 1
            await asyncio.sleep(5)

        source = numbers()
        print(await anext(source))
        waiting = asyncio.create_task(outcome(anext(source)))
        await asyncio.sleep(1)
        print(await outcome(source.aclose()))
        waiting.cancel()
        print(await outcome(waiting))
        print(await outcome(source.aclose()), await outcome(anext(source)))

    async def test_our_generator_that_yields_while_it_is_closed(self):
        async def stubborn():
            try:
                yield 1
            finally:
                yield 2

        source = stubborn()
        print(await anext(source), await outcome(source.aclose()))

    async def test_our_athrow_into_a_waiting_generator(self):
        async def numbers():
            while True:
                try:
                    yield now()
                except ValueError as error:
                    print("caught", error)
                    await asyncio.sleep(1)

        source = numbers()
        print(await anext(source), await source.athrow(ValueError("one")), await outcome(source.athrow(KeyError("two"))))
        print(await outcome(anext(source)))

    async def test_our_generator_over_a_queue_in_a_group(self):
        queue = asyncio.Queue()

        async def items():
            while True:
                try:
                    yield await queue.get()
                except asyncio.QueueShutDown:
                    return

        async def reads(name):
            async for item in items():
                print(name, item, now())
                await asyncio.sleep(1)
            return name

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(reads(name)) for name in "ab"]
            for n in range(4):
                await queue.put(n)
                await asyncio.sleep(0.4)
            queue.shutdown()
        print([task.result() for task in tasks], now())


class ShieldTests:
    async def test_our_chain_of_shields(self):
        inner = asyncio.create_task(slow("inner", 2))
        first = asyncio.shield(inner)
        second = asyncio.shield(first)
        waits = asyncio.create_task(outcome(second))
        await asyncio.sleep(1)
        waits.cancel()
        print(await outcome(waits), second.cancelled(), first.cancelled(), inner.cancelled())
        first.cancel()
        print(await outcome(first), await outcome(inner))

    async def test_our_shield_whose_inner_fails_later(self):
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(handler)
        inner = asyncio.create_task(fails(ValueError("late"), 2))
        outer = asyncio.shield(inner)
        waits = asyncio.create_task(outcome(outer))
        await asyncio.sleep(1)
        waits.cancel()
        print(await outcome(waits))
        await asyncio.sleep(2)
        print(inner.done())

    async def test_our_shield_in_a_gather_that_is_cancelled(self):
        kept = asyncio.create_task(slow("kept", 2))
        both = asyncio.gather(asyncio.shield(kept), slow("lost"))
        await asyncio.sleep(1)
        both.cancel("all")
        print(await outcome(both), await outcome(kept))


class SharedTests:
    async def test_our_condition_wait_for_and_cancel(self):
        condition, state = asyncio.Condition(), []

        async def waits(name, size):
            async with condition:
                try:
                    print(name, await condition.wait_for(lambda: len(state) >= size and list(state)), now())
                except asyncio.CancelledError:
                    print(name, "cancelled", condition.locked(), now())
                    raise

        tasks = [asyncio.create_task(waits(name, size)) for name, size in (("a", 1), ("b", 3), ("c", 2))]
        for n in range(3):
            await asyncio.sleep(1)
            async with condition:
                state.append(n)
                condition.notify_all()
            if n == 0:
                tasks[2].cancel()
        print(await asyncio.gather(*tasks, return_exceptions=True))

    async def test_our_condition_notified_and_cancelled_at_once(self):
        condition = asyncio.Condition()

        async def waits(name):
            async with condition:
                await condition.wait()
                print(name, "woken")
                return name

        tasks = [asyncio.create_task(waits(name)) for name in "abc"]
        await asyncio.sleep(1)
        async with condition:
            condition.notify(1)
            tasks[0].cancel()
        await asyncio.sleep(1)
        print([task.done() for task in tasks])
        for task in tasks:
            task.cancel()
        print(await asyncio.gather(*tasks, return_exceptions=True))

    async def test_our_barrier_aborted_and_reset(self):
        barrier = asyncio.Barrier(3)

        async def waits(name):
            return f"{name} {await outcome(barrier.wait())}"

        tasks = [asyncio.create_task(waits(name)) for name in "ab"]
        await asyncio.sleep(1)
        print(barrier, barrier.n_waiting, barrier.broken)
        await barrier.abort()
        print(await asyncio.gather(*tasks), barrier, await outcome(barrier.wait()))
        await barrier.reset()
        tasks = [asyncio.create_task(waits(name)) for name in "cd"]
        await asyncio.sleep(1)
        await barrier.reset()
        print(await asyncio.gather(*tasks), barrier.broken, barrier.n_waiting)
        tasks = [asyncio.create_task(waits(name)) for name in "efg"]
        print(await asyncio.gather(*tasks))

    async def test_our_barrier_waiter_is_cancelled(self):
        barrier = asyncio.Barrier(2)
        first = asyncio.create_task(outcome(barrier.wait()))
        await asyncio.sleep(0)
        first.cancel()
        print(await outcome(first), barrier.n_waiting, barrier.broken)
        print(await asyncio.gather(barrier.wait(), barrier.wait()))

    async def test_our_priority_queue_ties(self):
        class Job:
            def __init__(self, priority, name):
                self.priority, self.name = priority, name

            def __lt__(self, other):
                return self.priority < other.priority

        queue = asyncio.PriorityQueue()
        for at, priority in enumerate((3, 1, 2, 1, 3, 1, 2, 2)):
            await queue.put(Job(priority, at))
        order = []
        while not queue.empty():
            job = await queue.get()
            order.append([job.priority, job.name])
            if len(order) == 3:
                await queue.put(Job(1, "late"))
        print(order)

    async def test_our_semaphore_released_while_a_waiter_is_cancelled(self):
        semaphore = asyncio.Semaphore(1)
        order = []

        async def holds(name):
            async with semaphore:
                order.append(name)
                await asyncio.sleep(1)

        tasks = [asyncio.create_task(holds(name)) for name in "abcd"]
        await asyncio.sleep(0.5)
        tasks[1].cancel()
        asyncio.get_running_loop().call_at(1, tasks[2].cancel)
        print(await asyncio.gather(*tasks, return_exceptions=True), order, now(), semaphore)

    async def test_our_event_set_and_cleared_at_once(self):
        event = asyncio.Event()
        tasks = [asyncio.create_task(outcome(event.wait())) for _ in range(2)]
        await asyncio.sleep(0)
        event.set()
        event.clear()
        tasks[1].cancel()
        print(await asyncio.gather(*tasks, return_exceptions=True), event.is_set())


def crash(*args):
    raise KeyError(*args[:1])


class LoopTests:
    async def test_our_order_of_timers(self):
        loop, order = asyncio.get_running_loop(), []
        loop.call_at(2, order.append, "at 2")
        loop.call_later(1, order.append, "later 1")
        loop.call_at(1, order.append, "at 1")
        loop.call_soon(order.append, "soon")
        loop.call_at(-1, order.append, "at -1")
        loop.call_later(0, order.append, "later 0")
        loop.call_at(1, lambda: loop.call_soon(order.append, "soon of 1"))
        loop.call_at(1, lambda: loop.call_later(0, order.append, "later 0 of 1"))
        loop.call_at(1, order.append, "last at 1")
        loop.call_soon(loop.call_soon, order.append, "soon soon")
        cancelled = loop.call_at(1.5, order.append, "cancelled")
        loop.call_at(1, cancelled.cancel)
        await asyncio.sleep(3)
        print(order)

    async def test_our_context_across_callbacks(self):
        var, loop = ContextVar("var", default="unset"), asyncio.get_running_loop()
        seen = []

        def note(where, *_):
            seen.append([where, var.get()])
            var.set(f"set in {where}")

        async def child():
            note("child")
            asyncio.current_task().add_done_callback(lambda task: note("done of child"))
            await asyncio.sleep(1)
            note("child again")

        var.set("main")
        task = asyncio.create_task(child())
        var.set("main later")
        loop.call_soon(note, "soon")
        loop.call_later(0.5, note, "later")
        future = loop.create_future()
        future.add_done_callback(lambda done: note("done of future"))
        var.set("main last")
        loop.call_later(0.7, future.set_result, None)
        await task
        await asyncio.sleep(0)
        note("main")
        print(seen)

    async def test_our_context_of_a_generator_is_that_of_its_caller(self):
        var = ContextVar("var", default=0)

        async def numbers():
            for _ in range(3):
                var.set(var.get() + 1)
                yield var.get()

        source = numbers()

        async def step():
            return [await anext(source), var.get()]

        print(await anext(source), var.get(), await asyncio.create_task(step()), var.get(), await anext(source))

    async def test_our_debug_mode(self):
        loop = asyncio.get_running_loop()
        print(loop.get_debug())
        loop.set_debug(True)
        loop.set_exception_handler(handler)
        loop.call_soon(crash, "no")
        loop.call_later(1, crash, "text", 1 / 4)
        await asyncio.sleep(2)
        loop.set_debug(False)

    def test_our_runner_in_a_run(self):
        async def inner():
            return 1

        async def main():
            coro = inner()
            try:
                return raised(asyncio.Runner().run, coro)
            finally:
                coro.close()

        print(asyncio.run(main()))

    def test_our_run_ends_what_ends_slowly(self):
        async def left(name, again):
            while True:
                try:
                    await asyncio.sleep(5)
                    return name
                except asyncio.CancelledError:
                    print(now(), name, "cancelled", again)
                    if again == 0:
                        raise
                    again -= 1

        async def main():
            for name, again in (("a", 0), ("b", 1)):
                asyncio.create_task(left(name, again))
            await asyncio.sleep(1)
            raise ValueError("main")

        print(raised(lambda: asyncio.run(main())))

    def test_our_gather_of_done_and_cancelled(self):
        async def main():
            done = asyncio.get_running_loop().create_future()
            done.set_result(1)
            gone = asyncio.get_running_loop().create_future()
            gone.cancel("gone")
            print(await outcome(asyncio.gather(done, gone)))
            print(await outcome(asyncio.gather(done, gone, return_exceptions=True)))
            print(await outcome(asyncio.gather(slow("s", 1), gone)))
            print(len(asyncio.all_tasks()))

        asyncio.run(main())
