from judge import *


async def block(delay, body, at=False):
    """How a timeout block ends, and the scope."""
    scopes = []
    try:
        async with (asyncio.timeout_at if at else asyncio.timeout)(delay) as scope:
            scopes.append(scope)
            value = await body
        return value, scopes[0].expired()
    except BaseException as error:
        return show(error), scopes[0].expired()


class TimeoutTests:
    async def test_timeout_basic(self):
        print(await block(0.01, asyncio.sleep(10)), now())

    async def test_timeout_at_basic(self):
        print(await block(asyncio.get_running_loop().time() + 0.01, asyncio.sleep(10), at=True), now())

    async def test_nested_timeouts(self):
        print(await block(0.02, block(0.01, asyncio.sleep(10))), now())

    async def test_waiter_cancelled(self):
        async def swallow():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                return "swallowed"

        print(await block(0.01, swallow()))

    async def test_timeout_not_called(self):
        async with asyncio.timeout(10) as scope:
            await asyncio.sleep(0.01)
        print(scope.when(), scope.expired(), now())

    async def test_timeout_disabled(self):
        async with asyncio.timeout(None) as scope:
            await asyncio.sleep(0.01)
        print(scope.when(), scope.expired())

    async def test_timeout_at_disabled(self):
        async with asyncio.timeout_at(None) as scope:
            await asyncio.sleep(0.01)
        print(scope.when(), scope.expired())

    async def test_timeout_zero(self):
        print(await block(0, asyncio.sleep(10)), now())

    async def test_timeout_zero_sleep_zero(self):
        print(await block(0, asyncio.sleep(0)))

    async def test_timeout_in_the_past_sleep_zero(self):
        print(await block(asyncio.get_running_loop().time() - 11, asyncio.sleep(0), at=True))

    async def test_foreign_exception_passed(self):
        async def fail():
            raise KeyError("foreign")

        print(await block(0.01, fail()))

    async def test_foreign_exception_on_timeout(self):
        async def fail():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                raise ValueError("other")

        print(await block(0.01, fail()))

    async def test_foreign_cancel_doesnt_timeout_if_not_expired(self):
        async def cancelled():
            raise asyncio.CancelledError()

        print(await block(10, cancelled()))

    async def test_outer_task_is_not_cancelled(self):
        async def outer():
            print(await block(0.001, asyncio.sleep(1)))

        task = asyncio.create_task(outer())
        await task
        print(task.cancelled(), task.done())

    async def test_nested_timeouts_concurrent(self):
        print(await block(0.002, block(0.1, asyncio.sleep(1))), now())

    async def test_nested_timeouts_loop_busy(self):
        loop = asyncio.get_running_loop()
        print(await block(0.1, block(0.01, asyncio.sleep(10))), now())
        print(await block(0.01, block(0.1, asyncio.sleep(10))), now())
        print(loop.time() < 1)

    async def test_reschedule(self):
        loop, stop = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

        async def body():
            async with asyncio.timeout(None) as scope:
                print(scope.when())
                at = loop.time() + 0.1
                scope.reschedule(at)
                print(scope.when() == at)
                await stop

        print(await outcome(body()), now())
        async with asyncio.timeout(10) as scope:
            scope.reschedule(None)
            print(scope.when())

    async def test_repr_active(self):
        async with asyncio.timeout(10) as scope:
            print(scope)

    async def test_repr_expired(self):
        scopes = []
        try:
            async with asyncio.timeout(0.01) as scope:
                scopes.append(scope)
                await asyncio.sleep(10)
        except TimeoutError:
            print(scopes[0])

    async def test_repr_finished(self):
        async with asyncio.timeout(10) as scope:
            await asyncio.sleep(0)
        print(scope)

    async def test_repr_disabled(self):
        async with asyncio.timeout(None) as scope:
            print(scope)

    async def test_nested_timeout_in_finally(self):
        async def inner():
            try:
                await asyncio.sleep(1)
            finally:
                print(await block(0.01, asyncio.sleep(10)), now())

        print(await block(0.01, inner()), now())

    async def test_timeout_after_cancellation(self):
        try:
            asyncio.current_task().cancel()
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            print(await block(0.0, asyncio.sleep(1)))
        asyncio.current_task().uncancel()

    async def test_cancel_in_timeout_after_cancellation(self):
        try:
            asyncio.current_task().cancel()
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            pass

        async def again():
            asyncio.current_task().cancel()
            await asyncio.sleep(2)

        print(await block(1, again()), asyncio.current_task().cancelling())

    async def test_our_reschedule_when_finished(self):
        async with asyncio.timeout(0.01) as scope:
            print(raised(scope.reschedule, None), scope)
        print(raised(scope.reschedule, None))

    async def test_timeout_exception_cause(self):
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(1)
        except TimeoutError as error:
            print(error, error.__cause__)

    async def test_timeout_taskgroup(self):
        async def fail():
            try:
                await asyncio.sleep(2)
            finally:
                raise ValueError("late")

        async def body():
            async with asyncio.timeout(0.01):
                async with asyncio.TaskGroup() as tg:
                    tg.create_task(fail())

        print(await outcome(body()), asyncio.current_task().cancelling())

    async def test_our_cancelled_in_nested_block(self):
        async def body():
            async with asyncio.timeout(1):
                async with asyncio.timeout(2):
                    asyncio.current_task().cancel("mine")
                    await asyncio.sleep(3)

        task = asyncio.create_task(body())
        print(await outcome(task), task.cancelling(), now())


class AsyncioWaitForTest:
    async def test_asyncio_wait_for_cancelled(self):
        task = asyncio.create_task(asyncio.wait_for(asyncio.sleep(1), 10))
        await ticks()
        task.cancel()
        print(await outcome(task), now())

    async def test_asyncio_wait_for_timeout(self):
        async def cleanup():
            try:
                await asyncio.sleep(1)
            finally:
                print("cleaned up")

        print(await outcome(asyncio.wait_for(cleanup(), 0.1)), now())

    async def test_wait_for_timeout_less_then_0_or_0_future_done(self):
        future = asyncio.get_running_loop().create_future()
        future.set_result("done")
        print(await asyncio.wait_for(future, 0), await asyncio.wait_for(future, -1))

    async def test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started(self):
        async def start():
            print("started")

        print(await outcome(asyncio.wait_for(start(), 0)))

    async def test_wait_for_timeout_less_then_0_or_0(self):
        for limit in (0, -1):
            future = asyncio.ensure_future(asyncio.sleep(10))
            print(await outcome(asyncio.wait_for(future, limit)), future.done(), future.cancelled())

    async def test_wait_for(self):
        async def cleanup():
            try:
                await asyncio.sleep(10)
            finally:
                print("finally", now())

        print(await outcome(asyncio.wait_for(cleanup(), 0.1)), now())

    async def test_wait_for_blocking(self):
        async def value():
            return "done"

        print(await asyncio.wait_for(value(), None), await asyncio.wait_for(value(), 5))

    async def test_wait_for_race_condition(self):
        future = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(asyncio.wait_for(future, 0.2))
        asyncio.get_running_loop().call_later(0.1, future.set_result, "ok")
        print(await task, now())

    async def test_wait_for_cancellation_race_condition(self):
        future = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(asyncio.wait_for(future, 10))
        await ticks()
        future.set_result("ok")
        task.cancel()
        print(await outcome(task))

    async def test_wait_for_waits_for_task_cancellation(self):
        async def slow():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                await asyncio.sleep(0.2)
                print("cleaned", now())
                raise

        print(await outcome(asyncio.wait_for(slow(), 0.1)), now())

    async def test_wait_for_waits_for_task_cancellation_w_timeout_0(self):
        async def slow():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                await asyncio.sleep(0.1)
                print("cleaned", now())
                raise

        task = asyncio.create_task(slow())
        await ticks()
        print(await outcome(asyncio.wait_for(task, 0)), task.done(), now())

    async def test_wait_for_reraises_exception_during_cancellation(self):
        async def fail():
            try:
                await asyncio.sleep(0.2)
            finally:
                raise ValueError("foo")

        print(await outcome(asyncio.wait_for(fail(), 0.1)), now())

    async def test_wait_for_self_cancellation(self):
        async def stubborn():
            try:
                await asyncio.sleep(0.3)
            except asyncio.CancelledError:
                try:
                    await asyncio.sleep(0.3)
                except asyncio.CancelledError:
                    await asyncio.sleep(0.3)
            return 42

        inner = asyncio.create_task(stubborn())
        waiting = asyncio.create_task(asyncio.wait_for(inner, 0.1))
        done, _ = await asyncio.wait([inner], timeout=0.2)
        print(len(done), inner.done(), waiting.done())
        waiting.cancel()
        print(await outcome(waiting), inner.done(), now())

    async def test_cancel_blocking_wait_for(self):
        task = asyncio.create_task(asyncio.wait_for(asyncio.sleep(10), None))
        await ticks()
        task.cancel()
        print(await outcome(task), task.cancelled())

    async def test_cancel_wait_for(self):
        inner = asyncio.create_task(asyncio.sleep(10))
        task = asyncio.create_task(asyncio.wait_for(inner, 1))
        await ticks()
        task.cancel("why")
        print(await outcome(task), inner.cancelled())

    async def test_our_wait_for_swallowed(self):
        async def swallow():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                return "anyway"

        print(await outcome(asyncio.wait_for(swallow(), 0.1)), now())

    async def test_our_cancel_with_result(self):
        async def swallow():
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                return "anyway"

        task = asyncio.create_task(asyncio.wait_for(swallow(), 1))
        await ticks()
        task.cancel()
        print(await outcome(task), task.cancelling())


class WaitForShieldTests:
    async def test_zero_timeout(self):
        async def value():
            return 1

        task = asyncio.create_task(value())
        print(await outcome(asyncio.wait_for(asyncio.shield(task), 0)), task.cancelled(), await task)

    async def test_none_timeout(self):
        async def value():
            await asyncio.sleep(0.1)
            return 1

        task = asyncio.create_task(value())
        print(await asyncio.wait_for(asyncio.shield(task), None), now())

    async def test_shielded_timeout(self):
        async def value():
            await asyncio.sleep(0.3)
            return 1

        task = asyncio.create_task(value())
        print(await outcome(asyncio.wait_for(asyncio.shield(task), 0.1)), task.cancelled(), await task, now())
