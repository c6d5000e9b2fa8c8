from judge import *


async def take(name, what, log):
    await what.acquire()
    log.append(name)
    return name


async def waits(name, cond, log):
    async with cond:
        log.append(f"{name} waits")
        await cond.wait()
        log.append(f"{name} woken")
    return name


class LockTests:
    async def test_repr(self):
        lock = asyncio.Lock()
        print(lock)
        await lock.acquire()
        print(lock)
        task = asyncio.create_task(lock.acquire())
        await ticks()
        print(lock)
        task.cancel()

    async def test_acquire(self):
        lock, log = asyncio.Lock(), []
        await lock.acquire()
        tasks = [asyncio.create_task(take(name, lock, log)) for name in "ab"]
        await ticks()
        print(log)
        lock.release()
        await ticks()
        print(log)
        await ticks()
        print(log)
        tasks.append(asyncio.create_task(take("c", lock, log)))
        lock.release()
        await ticks()
        print(log)
        lock.release()
        await ticks()
        print(log, [task.result() for task in tasks], lock.locked())

    async def test_acquire_cancel(self):
        lock = asyncio.Lock()
        await lock.acquire()
        task = asyncio.create_task(lock.acquire())
        asyncio.get_running_loop().call_soon(task.cancel)
        print(await outcome(task), lock)

    async def test_cancel_race(self):
        lock = asyncio.Lock()
        gate = asyncio.get_running_loop().create_future()

        async def hold(name, blocker):
            async with lock:
                print(name, "holds")
                if blocker is not None:
                    await blocker

        a = asyncio.create_task(hold("a", gate))
        await ticks()
        b = asyncio.create_task(hold("b", None))
        await ticks()
        c = asyncio.create_task(hold("c", None))
        await ticks()
        print(lock)
        gate.set_result(None)
        b.cancel()
        await ticks()
        print(lock.locked(), a.done(), b.cancelled())
        await c
        print(lock)

    async def test_cancel_release_race(self):
        lock, log = asyncio.Lock(), []
        await lock.acquire()
        tasks = [asyncio.create_task(take(name, lock, log)) for name in "abc"]
        await ticks()

        def trigger():
            tasks[0].cancel()
            lock.release()

        asyncio.get_running_loop().call_soon(trigger)
        print(await outcome(tasks[0]))
        print(log, [task.done() for task in tasks])
        tasks[2].cancel()
        await ticks()
        print(tasks[2].cancelled(), lock)

    async def test_finished_waiter_cancelled(self):
        lock = asyncio.Lock()
        await lock.acquire()
        b = asyncio.create_task(lock.acquire())
        await ticks()
        c = asyncio.create_task(lock.acquire())
        b.cancel()
        lock.release()
        await ticks()
        print(lock.locked(), b.cancelled())
        await c
        print(lock)

    async def test_release_not_acquired(self):
        print(raised(asyncio.Lock().release))

    async def test_release_no_waiters(self):
        lock = asyncio.Lock()
        await lock.acquire()
        print(lock.locked())
        lock.release()
        print(lock.locked())

    async def test_context_manager(self):
        lock = asyncio.Lock()
        async with lock:
            print(lock.locked())
        print(lock.locked())

    async def test_lock_by_with_statement(self):
        for lock in (asyncio.Lock(), asyncio.Condition(), asyncio.Semaphore(), asyncio.BoundedSemaphore()):
            await asyncio.sleep(0.01)
            print(lock.locked())
            async with lock:
                print(lock.locked())
            print(lock.locked())


class EventTests:
    async def test_repr(self):
        event = asyncio.Event()
        print(event)
        task = asyncio.create_task(event.wait())
        await ticks()
        print(event)
        event.set()
        print(event)
        await task
        print(event)

    async def test_wait(self):
        event, log = asyncio.Event(), []

        async def waiter(name):
            print(await event.wait())
            log.append(name)

        tasks = [asyncio.create_task(waiter(name)) for name in "ab"]
        await ticks()
        print(event.is_set(), log)
        tasks.append(asyncio.create_task(waiter("c")))
        event.set()
        await ticks()
        print(log, [task.done() for task in tasks])

    async def test_wait_on_set(self):
        event = asyncio.Event()
        event.set()
        print(await event.wait())

    async def test_wait_cancel(self):
        event = asyncio.Event()
        task = asyncio.create_task(event.wait())
        asyncio.get_running_loop().call_soon(task.cancel)
        print(await outcome(task), event)

    async def test_clear(self):
        event = asyncio.Event()
        print(event.is_set())
        event.set()
        print(event.is_set())
        event.clear()
        print(event.is_set())

    async def test_clear_with_waiters(self):
        event = asyncio.Event()
        task = asyncio.create_task(event.wait())
        await ticks()
        event.set()
        event.clear()
        print(event.is_set())
        event.set()
        event.set()
        print(event)
        await ticks()
        print(event, task.done(), task.result())


class ConditionTests:
    async def test_wait(self):
        cond, log = asyncio.Condition(), []

        async def waiter(name):
            await cond.acquire()
            if await cond.wait():
                log.append(name)

        tasks = [asyncio.create_task(waiter(name)) for name in "abc"]
        await ticks()
        print(log, cond.locked())
        await cond.acquire()
        cond.notify()
        await ticks()
        print(log, cond.locked())
        cond.release()
        await ticks()
        print(log, cond.locked())
        cond.notify(2)
        await ticks()
        print(log, cond.locked())
        cond.release()
        await ticks()
        print(log, cond.locked())
        cond.release()
        await ticks()
        print(log, cond.locked(), [task.done() for task in tasks])

    async def test_wait_cancel(self):
        cond = asyncio.Condition()
        await cond.acquire()
        task = asyncio.create_task(cond.wait())
        asyncio.get_running_loop().call_soon(task.cancel)
        print(await outcome(task), cond)

    async def test_wait_cancel_contested(self):
        cond = asyncio.Condition()
        await cond.acquire()
        task = asyncio.create_task(cond.wait())
        await ticks()
        print(cond.locked())
        await cond.acquire()
        cond.notify()
        loop = asyncio.get_running_loop()
        loop.call_soon(task.cancel)
        loop.call_soon(cond.release)
        print(await outcome(task), cond.locked())

    async def test_wait_cancel_after_notify(self):
        cond, log = asyncio.Condition(), []
        task = asyncio.create_task(waits("a", cond, log))
        await ticks()
        await cond.acquire()
        cond.notify()
        await ticks()
        task.cancel()
        await ticks()
        cond.release()
        await ticks()
        print(task.cancelled(), log, cond)

    async def test_wait_unacquired(self):
        print(await outcome(asyncio.Condition().wait()))

    async def test_wait_for(self):
        cond, ready = asyncio.Condition(), []

        async def waiter():
            async with cond:
                print(await cond.wait_for(lambda: ready))

        task = asyncio.create_task(waiter())
        await ticks()
        async with cond:
            cond.notify()
        await ticks()
        print(task.done())
        ready.append("yes")
        async with cond:
            cond.notify()
        await ticks()
        print(task.done())

    async def test_wait_for_unacquired(self):
        cond = asyncio.Condition()
        print(await cond.wait_for(lambda: [1, 2, 3]))
        print(await outcome(cond.wait_for(lambda: False)))

    async def test_notify(self):
        cond, log = asyncio.Condition(), []
        tasks = [asyncio.create_task(waits(name, cond, log)) for name in "abc"]
        await ticks()
        print(log)
        async with cond:
            cond.notify(1)
        await ticks()
        print(log[3:])
        async with cond:
            cond.notify(1)
            cond.notify(2048)
        await ticks()
        print(log[4:], [task.done() for task in tasks])

    async def test_notify_all(self):
        cond, log = asyncio.Condition(), []
        tasks = [asyncio.create_task(waits(name, cond, log)) for name in "ab"]
        await ticks()
        async with cond:
            cond.notify_all()
        await ticks()
        print(log, [task.done() for task in tasks])

    async def test_notify_unacquired(self):
        print(raised(asyncio.Condition().notify))

    async def test_notify_all_unacquired(self):
        print(raised(asyncio.Condition().notify_all))

    async def test_repr(self):
        cond, log = asyncio.Condition(), []
        print(cond)
        await cond.acquire()
        print(cond)
        cond.release()
        tasks = [asyncio.create_task(waits(name, cond, log)) for name in "ab"]
        await ticks()
        print(cond)
        for task in tasks:
            task.cancel()

    async def test_context_manager(self):
        cond = asyncio.Condition()
        async with cond:
            print(cond.locked())
        print(cond.locked())

    async def test_explicit_lock(self):
        lock = asyncio.Lock()
        cond = asyncio.Condition(lock)
        async with cond:
            print(lock.locked(), cond.locked())
        print(lock.locked(), cond.locked())
        async with lock:
            print(lock.locked(), cond.locked())
        print(lock.locked(), cond.locked())

    async def test_timeout_in_block(self):
        cond = asyncio.Condition()
        async with cond:
            print(await outcome(asyncio.wait_for(cond.wait(), 0.5)), now(), cond.locked())
        print(cond.locked())

    async def test_cancelled_error_wakeup(self):
        cond, log = asyncio.Condition(), []
        tasks = [asyncio.create_task(waits(name, cond, log)) for name in "ab"]
        await ticks()
        async with cond:
            cond.notify()
            tasks[0].cancel()
        await ticks(4)
        print([task.done() for task in tasks], tasks[0].cancelled(), log)
        tasks[1].cancel()

    async def test_cancelled_error_re_aquire(self):
        cond = asyncio.Condition()

        async def waiter():
            async with cond:
                try:
                    await cond.wait()
                except asyncio.CancelledError as error:
                    print(error, cond.locked())
                    raise

        task = asyncio.create_task(waiter())
        await ticks()
        await cond.acquire()
        task.cancel("first")
        await ticks()
        task.cancel("second")
        await ticks()
        cond.release()
        print(await outcome(task), cond.locked())

    async def test_cancelled_wakeup(self):
        cond, log = asyncio.Condition(), []
        tasks = [asyncio.create_task(waits(name, cond, log)) for name in "abc"]
        await ticks()
        async with cond:
            cond.notify()
        tasks[0].cancel()
        tasks[1].cancel()
        await ticks(4)
        print([task.done() for task in tasks], [task.done() and task.cancelled() for task in tasks], log)
        tasks[2].cancel()


class SemaphoreTests:
    async def test_initial_value_zero(self):
        print(asyncio.Semaphore(0).locked())

    async def test_repr(self):
        sem = asyncio.Semaphore()
        print(sem)
        await sem.acquire()
        print(sem)
        tasks = [asyncio.create_task(sem.acquire()) for _ in range(2)]
        await ticks()
        print(sem, asyncio.BoundedSemaphore(2))
        for task in tasks:
            task.cancel()

    async def test_semaphore_value(self):
        print(raised(asyncio.Semaphore, -1))

    async def test_acquire(self):
        sem, log = asyncio.Semaphore(3), []
        await sem.acquire()
        await sem.acquire()
        print(sem.locked())
        tasks = [asyncio.create_task(take(name, sem, log)) for name in "abc"]
        await ticks()
        print(log, sem)
        tasks.append(asyncio.create_task(take("d", sem, log)))
        sem.release()
        sem.release()
        print(sem)
        await ticks()
        print(log, sem)
        sem.release()
        print(await asyncio.gather(*tasks), sem)

    async def test_acquire_cancel(self):
        sem = asyncio.Semaphore()
        await sem.acquire()
        task = asyncio.create_task(sem.acquire())
        asyncio.get_running_loop().call_soon(task.cancel)
        print(await outcome(task), sem)

    async def test_acquire_cancel_before_awoken(self):
        sem = asyncio.Semaphore(0)
        tasks = [asyncio.create_task(sem.acquire()) for _ in range(4)]
        await ticks()
        tasks[0].cancel()
        tasks[1].cancel()
        sem.release()
        await ticks(2)
        print([task.done() for task in tasks], sem)
        tasks[3].cancel()

    async def test_acquire_hang(self):
        sem = asyncio.Semaphore(0)
        tasks = [asyncio.create_task(sem.acquire()) for _ in range(2)]
        await ticks()
        tasks[0].cancel()
        sem.release()
        await ticks(2)
        print(sem.locked(), tasks[1].done())

    async def test_acquire_no_hang(self):
        sem = asyncio.Semaphore(1)

        async def one():
            async with sem:
                await ticks()
            second.cancel()

        async def two():
            async with sem:
                print("never")

        first = asyncio.create_task(one())
        second = asyncio.create_task(two())
        print(await asyncio.gather(first, second, return_exceptions=True))
        print(await outcome(asyncio.wait_for(sem.acquire(), 1)) != "", now())

    async def test_release_not_acquired(self):
        print(raised(asyncio.BoundedSemaphore().release))

    async def test_release_no_waiters(self):
        sem = asyncio.Semaphore()
        await sem.acquire()
        print(sem.locked())
        sem.release()
        print(sem.locked())

    async def test_acquire_fifo_order(self):
        sem, log = asyncio.Semaphore(1), []

        async def twice(name):
            for turn in (1, 2):
                async with sem:
                    log.append(f"{name}{turn}")
                    await asyncio.sleep(0.01)

        async with asyncio.TaskGroup() as tg:
            for name in "abc":
                tg.create_task(twice(name))
        print(log, now())

    async def test_acquire_fifo_order_2(self):
        sem, log = asyncio.Semaphore(1), []

        async def again():
            await sem.acquire()
            log.append("b")
            sem.release()
            await sem.acquire()
            log.append("b again")

        tasks = [
            asyncio.create_task(take("a", sem, log)),
            asyncio.create_task(again()),
            asyncio.create_task(take("c", sem, log)),
        ]
        await ticks()
        sem.release()
        sem.release()
        await asyncio.gather(*tasks)
        print(log)

    async def test_acquire_fifo_order_3(self):
        sem, log = asyncio.Semaphore(0), []
        tasks = [asyncio.create_task(take(name, sem, log)) for name in "abc"]
        await ticks()
        tasks[0].cancel()
        await ticks()
        sem.release()
        sem.release()
        print(await asyncio.gather(*tasks, return_exceptions=True), log)

    async def test_acquire_fifo_order_4(self):
        sem, log = asyncio.Semaphore(1), []
        tasks = [asyncio.create_task(take(name, sem, log)) for name in "abc"]
        await ticks()
        print(log)
        tasks[1].cancel()
        sem.release()
        await ticks()
        print(log, tasks[1].done())
        await ticks()
        print(log, [task.done() for task in tasks], sem)


async def through(barrier, log, name=True):
    index = await barrier.wait()
    log.append(name)
    return index


def start(count, call):
    return [asyncio.create_task(call()) for _ in range(count)]


class BarrierTests:
    async def test_repr(self):
        barrier, log = asyncio.Barrier(5), []
        print(barrier)
        tasks = start(2, lambda: through(barrier, log))
        await ticks()
        print(barrier)
        tasks += start(3, lambda: through(barrier, log))
        await ticks()
        print(barrier)
        tasks += start(2, lambda: through(barrier, log))
        await ticks()
        await barrier.reset()
        print(barrier)
        tasks += start(2, lambda: through(barrier, log))
        await ticks()
        await barrier.abort()
        print(barrier, barrier.broken)
        print(await asyncio.gather(*tasks, return_exceptions=True))

    async def test_barrier_parties(self):
        print(raised(asyncio.Barrier, 0), raised(asyncio.Barrier, -4), asyncio.Barrier(5).parties)

    async def test_context_manager(self):
        barrier, log = asyncio.Barrier(3), []

        async def one():
            async with barrier as index:
                log.append(index)

        await asyncio.gather(*start(3, one))
        print(log, barrier.n_waiting, barrier.broken)

    async def test_filling_one_task(self):
        barrier = asyncio.Barrier(1)
        print(await barrier.wait(), barrier.n_waiting, barrier.broken)

    async def test_filling_one_task_twice(self):
        barrier = asyncio.Barrier(1)
        first = asyncio.create_task(barrier.wait())
        await ticks()
        print(barrier.n_waiting)
        second = asyncio.create_task(barrier.wait())
        await ticks()
        print(first.result(), second.result(), barrier)

    async def test_filling_task_by_task(self):
        barrier, tasks = asyncio.Barrier(3), []
        for _ in range(3):
            tasks.append(asyncio.create_task(barrier.wait()))
            await ticks()
            print(barrier.n_waiting, barrier)
        await asyncio.wait(tasks)
        print([task.result() for task in tasks], barrier)

    async def test_filling_tasks_wait_twice(self):
        barrier, log = asyncio.Barrier(5), []

        async def twice():
            await through(barrier, log, "first")
            await through(barrier, log, "second")

        await asyncio.gather(*start(5, twice))
        print(log, barrier)

    async def test_filling_tasks_check_return_value(self):
        barrier, log = asyncio.Barrier(5), []

        async def twice():
            await through(barrier, log, "first")
            return await through(barrier, log, "second")

        print(await asyncio.gather(*start(5, twice)), log)

    async def test_draining_state(self):
        barrier, log = asyncio.Barrier(5), []

        async def one():
            await barrier.wait()
            log.append(show(barrier))

        await asyncio.gather(*start(5, one))
        print(*log)

    async def test_blocking_tasks_while_draining(self):
        barrier, rest, log = asyncio.Barrier(5), asyncio.Barrier(3), []
        again = 2

        async def one(name):
            nonlocal again
            await barrier.wait()
            if again > 0:
                again -= 1
                log.append(f"{name} again")
            else:
                await rest.wait()
                log.append(f"{name} rests")
            await barrier.wait()
            log.append(f"{name} through")

        await asyncio.gather(*[one(name) for name in "abcde"])
        print(log)

    async def test_filling_tasks_cancel_one(self):
        barrier, log = asyncio.Barrier(3), []
        tasks = []
        for name in "ab":
            tasks.append(asyncio.create_task(through(barrier, log, name)))
            await ticks()
            print(barrier.n_waiting)
        tasks[0].cancel()
        await ticks()
        print(barrier.n_waiting, await outcome(tasks[0]))
        tasks += [asyncio.create_task(through(barrier, log, name)) for name in "cd"]
        print(await asyncio.gather(*tasks[1:]), log, barrier)

    async def test_reset_barrier(self):
        barrier = asyncio.Barrier(1)
        asyncio.create_task(barrier.reset())
        await ticks()
        print(barrier.n_waiting, barrier.broken)

    async def test_reset_barrier_while_tasks_waiting(self):
        barrier = asyncio.Barrier(5)
        tasks = start(4, lambda: outcome(barrier.wait()))
        await ticks()
        asyncio.create_task(barrier.reset())
        print(await asyncio.gather(*tasks))
        print(barrier, barrier.broken)

    async def test_reset_barrier_when_tasks_half_draining(self):
        barrier, log = asyncio.Barrier(5), []

        async def one(name):
            try:
                log.append(f"{name} {await barrier.wait()}")
            except asyncio.BrokenBarrierError as error:
                log.append(f"{name} {error}")
            else:
                if len(log) == 3:
                    await barrier.reset()

        await asyncio.gather(*[one(name) for name in "abcde"])
        print(log, barrier, barrier.broken)

    async def test_reset_barrier_when_tasks_half_draining_half_blocking(self):
        barrier, log, passed = asyncio.Barrier(5), [], []

        async def one(name):
            try:
                await barrier.wait()
            except asyncio.BrokenBarrierError as error:
                log.append(f"{name} {error}")
                await barrier.wait()
            else:
                passed.append(name)
                if len(passed) > 2:
                    await barrier.reset()
                log.append(f"{name} {await outcome(barrier.wait())}")

        await asyncio.gather(*[one(name) for name in "abcde"])
        print(log, passed, barrier)

    async def test_reset_barrier_while_tasks_waiting_and_waiting_again(self):
        barrier, log = asyncio.Barrier(5), []

        async def one(name):
            log.append(await outcome(barrier.wait()))
            await through(barrier, log, name)

        tasks = [asyncio.create_task(one(name)) for name in "abcd"]
        asyncio.create_task(barrier.reset())
        await ticks()
        asyncio.create_task(through(barrier, log, "e"))
        await asyncio.gather(*tasks)
        print(log, barrier)

    async def test_reset_barrier_while_tasks_draining(self):
        barrier, log, count = asyncio.Barrier(5), [], []

        async def one(name):
            await barrier.wait()
            count.append(name)
            if len(count) == 5:
                await barrier.reset()
                await barrier.wait()
            else:
                log.append(f"{name} {await outcome(barrier.wait())}")
            log.append(f"{name} {await outcome(barrier.wait())}")

        await asyncio.gather(*[one(name) for name in "abcde"])
        print(log, barrier)

    async def test_abort_barrier(self):
        barrier = asyncio.Barrier(1)
        asyncio.create_task(barrier.abort())
        await ticks()
        print(barrier.n_waiting, barrier.broken, await outcome(barrier.wait()))

    async def test_abort_barrier_when_tasks_half_draining_half_blocking(self):
        barrier, log, passed = asyncio.Barrier(5), [], []

        async def one(name):
            try:
                await barrier.wait()
            except asyncio.BrokenBarrierError as error:
                log.append(f"{name} {error}")
                return
            passed.append(name)
            if len(passed) > 2:
                await barrier.abort()
            else:
                log.append(f"{name} {await outcome(barrier.wait())}")

        await asyncio.gather(*[one(name) for name in "abcde"])
        print(log, passed, barrier, barrier.broken)

    async def test_abort_barrier_when_exception(self):
        barrier, log = asyncio.Barrier(5), []

        async def one():
            try:
                if await barrier.wait() == 2:
                    raise RuntimeError("two")
                await barrier.wait()
            except asyncio.BrokenBarrierError as error:
                log.append(str(error))
            except RuntimeError as error:
                log.append(str(error))
                await barrier.abort()

        await asyncio.gather(*start(5, one))
        print(log, barrier)

    async def test_abort_barrier_when_exception_then_resetting(self):
        one, two, log = asyncio.Barrier(5), asyncio.Barrier(5), []

        async def both():
            try:
                if await one.wait() == 2:
                    raise ValueError("two")
                await one.wait()
            except asyncio.BrokenBarrierError as error:
                log.append(str(error))
            except ValueError as error:
                log.append(str(error))
                await one.abort()
            if await two.wait() == 2:
                await one.reset()
            await two.wait()
            log.append(await one.wait())

        await asyncio.gather(*start(5, both))
        print(log, one, two)


def two_loops(take, wait, free):
    """Binds it to a loop by a wait, then uses it in another, without waiting and with."""
    # What the wait holds up is left as it was.
    async def bind():
        await take()
        return await outcome(asyncio.wait_for(wait(), 0.1))

    async def use():
        free()
        first = await outcome(take())
        return first, await outcome(wait())

    print(asyncio.run(bind()), *asyncio.run(use()))


class LoopBoundMixinTests:
    """test_mixins.py, and test_..._with_different_loop of test_locks.py and test_queues.py"""

    def test_loop_partially_initialized(self):
        lock = asyncio.Lock()
        two_loops(lock.acquire, lock.acquire, lock.release)

    def test_different_loop(self):
        semaphore = asyncio.Semaphore(1)
        two_loops(semaphore.acquire, semaphore.acquire, semaphore.release)

    def test_our_event_in_two_loops(self):
        event = asyncio.Event()

        async def take():
            event.clear()

        two_loops(take, event.wait, event.set)

    def test_our_condition_in_two_loops(self):
        condition = asyncio.Condition()

        async def wait():
            async with condition:
                await condition.wait()

        two_loops(lambda: ticks(1), wait, lambda: None)

    def test_our_queue_in_two_loops(self):
        queue = asyncio.Queue(1)

        async def get():
            return await queue.get()

        two_loops(lambda: queue.put("item"), lambda: queue.put("more"), queue.get_nowait)
        two_loops(get, queue.get, lambda: queue.put_nowait("item") if queue.empty() else None)

    def test_our_barrier_in_two_loops(self):
        barrier = asyncio.Barrier(2)
        two_loops(lambda: ticks(1), barrier.wait, lambda: None)
