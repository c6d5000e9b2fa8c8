from judge import *
import contextvars


class MyExc(Exception):
    pass


async def work(name, seconds, value=None):
    try:
        await asyncio.sleep(seconds)
        return value
    except asyncio.CancelledError as error:
        print(name, error, now())
        raise


async def crash(seconds, error):
    await asyncio.sleep(seconds)
    raise error


async def crash_at_cancel(seconds, error):
    try:
        await asyncio.sleep(seconds)
    finally:
        raise error


async def run_and_cancel(coro, after=0.1):
    task = asyncio.create_task(coro)
    await asyncio.sleep(after)
    print(task.done())
    task.cancel()
    print(await outcome(task), task.cancelled(), task.cancelling(), now())


class TestTaskGroup:
    async def test_taskgroup_01(self):
        async with asyncio.TaskGroup() as tg:
            one = tg.create_task(work("one", 0.1, 42))
            two = tg.create_task(work("two", 0.2, 11))
        print(one.result(), two.result(), now())

    async def test_taskgroup_02(self):
        async with asyncio.TaskGroup() as tg:
            one = tg.create_task(work("one", 0.1, 42))
            await asyncio.sleep(0.15)
            two = tg.create_task(work("two", 0.2, 11))
        print(one.result(), two.result(), now())

    async def test_taskgroup_03(self):
        async with asyncio.TaskGroup() as tg:
            one = tg.create_task(work("one", 1, 42))
            await asyncio.sleep(0.15)
            one.cancel()
            two = tg.create_task(work("two", 0.2, 11))
        print(one.cancelled(), two.result(), now())

    async def test_taskgroup_04(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0.1, ValueError("boom")))
                tg.create_task(work("two", 1))
            print("never")

        print(await outcome(asyncio.create_task(body())), now())

    async def test_cancel_children_on_child_error(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                for n in range(3):
                    tg.create_task(crash(0.1, ValueError(str(n))))
                tg.create_task(work("four", 5))
                await work("body", 10)

        print(await outcome(asyncio.create_task(body())), now())

    async def test_cancellation(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                for n in range(5):
                    tg.create_task(work(str(n), 5))

        await run_and_cancel(body())

    async def test_taskgroup_07(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                for n in range(3):
                    tg.create_task(work(str(n), 5))
                await work("body", 10)

        await run_and_cancel(body())

    async def test_taskgroup_08(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                for n in range(3):
                    tg.create_task(crash_at_cancel(10, ValueError(str(n))))
                await asyncio.sleep(10)

        await run_and_cancel(body())

    async def test_taskgroup_09(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(work("one", 1))
                tg.create_task(work("two", 2))
                await asyncio.sleep(0.1)
                raise ValueError("body")

        print(await outcome(body()), now())

    async def test_taskgroup_10(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(work("one", 1))
                tg.create_task(work("two", 2))
                raise ValueError("body")

        print(await outcome(body()), now())

    async def test_taskgroup_11(self):
        async def body():
            async with asyncio.TaskGroup():
                async with asyncio.TaskGroup() as inner:
                    for n in range(2):
                        inner.create_task(crash_at_cancel(10, ValueError(str(n))))
                    await asyncio.sleep(10)

        await run_and_cancel(body())

    async def test_taskgroup_12(self):
        async def body():
            async with asyncio.TaskGroup() as outer:
                outer.create_task(work("outer", 10))
                async with asyncio.TaskGroup() as inner:
                    for n in range(2):
                        inner.create_task(crash_at_cancel(10, ValueError(str(n))))
                    await asyncio.sleep(10)

        await run_and_cancel(body())

    async def test_taskgroup_13(self):
        async def body():
            async with asyncio.TaskGroup() as outer:
                outer.create_task(crash(0.1, ValueError("outer")))
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(crash(10, ValueError("inner")))

        print(await outcome(asyncio.create_task(body())), now())

    async def test_taskgroup_14(self):
        async def body():
            async with asyncio.TaskGroup() as outer:
                outer.create_task(crash(10, ValueError("outer")))
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(crash(0.1, ValueError("inner")))

        print(await outcome(asyncio.create_task(body())), now())

    async def test_taskgroup_15(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0.3, ValueError("soon")))
                try:
                    await asyncio.sleep(10)
                except asyncio.CancelledError:
                    await asyncio.sleep(0.5)
                    raise

        await run_and_cancel(body())

    async def test_taskgroup_16(self):
        async def inner():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0.3, ValueError("soon")))
                try:
                    await asyncio.sleep(10)
                except asyncio.CancelledError:
                    await asyncio.sleep(0.5)
                    raise

        async def body():
            await asyncio.create_task(inner())

        await run_and_cancel(body())

    async def test_taskgroup_17(self):
        async def body():
            async with asyncio.TaskGroup():
                await work("body", 10)

        await run_and_cancel(body())

    async def test_taskgroup_18(self):
        async def body():
            async with asyncio.TaskGroup():
                try:
                    await asyncio.sleep(10)
                except asyncio.CancelledError:
                    raise MyExc("instead")

        await run_and_cancel(body())

    async def test_taskgroup_19(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0.1, ValueError("soon")))
                await crash_at_cancel(10, MyExc("nested"))

        print(await outcome(asyncio.create_task(body())))

    async def test_taskgroup_22(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(work("one", 1))
                tg.create_task(work("two", 2))

        await run_and_cancel(body(), 0.05)

    async def test_taskgroup_23(self):
        async with asyncio.TaskGroup() as tg:
            for count in range(10):
                await asyncio.sleep(0.1)
                tg.create_task(work(str(count), 0.3))
                if count == 5:
                    print(tg)
            await asyncio.sleep(1.35)
            print(tg)
        print(tg)

    async def test_taskgroup_24(self):
        async def root(tg):
            await asyncio.sleep(0.1)
            tg.create_task(work("one", 0.1))
            tg.create_task(work("two", 0.2))

        async with asyncio.TaskGroup() as tg:
            tg.create_task(root(tg))
        print(now())

    async def test_taskgroup_25(self):
        heads = []

        async def hydra(tg):
            heads.append(1)
            await asyncio.sleep(0.01)
            tg.create_task(hydra(tg))
            tg.create_task(hydra(tg))

        async def hercules():
            while len(heads) < 10:
                await asyncio.sleep(0.015)
            raise ValueError("slain")

        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(hydra(tg))
                tg.create_task(hercules())

        print(await outcome(body()), len(heads), now())

    async def test_taskgroup_task_name(self):
        async with asyncio.TaskGroup() as tg:
            print(tg.create_task(asyncio.sleep(0), name="yolo").get_name())

    async def test_taskgroup_task_context(self):
        var = contextvars.ContextVar("var")

        async def put(value):
            await asyncio.sleep(0)
            var.set(value)

        async with asyncio.TaskGroup() as tg:
            context = contextvars.copy_context()
            print(context.get(var))
            await tg.create_task(put(1), context=context)
            print(context.get(var))
            await tg.create_task(put(2), context=context)
            print(context.get(var))

    async def test_taskgroup_no_create_task_after_failure(self):
        async def late(tg):
            try:
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                coro = crash(0, ValueError("late"))
                print(raised(lambda: tg.create_task(coro)))
                coro.close()
                raise

        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0.001, ValueError("first")))
                tg.create_task(late(tg))

        print(await outcome(body()))

    async def test_taskgroup_context_manager_exit_raises(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0, MyExc("child")))
                await crash_at_cancel(1, MyExc("exit"))

        task = asyncio.current_task()
        print(await outcome(body()), task.cancelling())

    async def test_taskgroup_finished(self):
        tg = asyncio.TaskGroup()
        async with tg:
            print(tg)
        coro = asyncio.sleep(0)
        print(raised(lambda: tg.create_task(coro)))
        coro.close()

    async def test_taskgroup_not_entered(self):
        tg, coro = asyncio.TaskGroup(), asyncio.sleep(0)
        print(raised(lambda: tg.create_task(coro)), tg)
        coro.close()

    async def test_our_taskgroup_without_parent_task(self):
        async with asyncio.TaskGroup() as tg:
            pass
        print(tg)

    async def test_coro_closed_when_tg_closed(self):
        async def late():
            return 1

        async with asyncio.TaskGroup() as tg:
            pass
        coro = late()
        print(raised(lambda: tg.create_task(coro)))
        print(await outcome(coro))

    async def test_cancelling_level_preserved(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0, RuntimeError("boom")))

        print(await outcome(body()), asyncio.current_task().cancelling())

    async def test_nested_groups_both_cancelled(self):
        async def body():
            async with asyncio.TaskGroup() as outer:
                outer.create_task(crash(0, RuntimeError("outer")))
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(crash(0, RuntimeError("inner")))

        print(await outcome(body()), asyncio.current_task().cancelling())

    async def test_error_and_cancel(self):
        waiting = asyncio.Event()

        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0, RuntimeError("boom")))
                waiting.set()
                try:
                    await asyncio.sleep(10)
                finally:
                    asyncio.current_task().cancel("mine")

        async def after():
            print(await outcome(body()), asyncio.current_task().cancelling())
            await asyncio.sleep(0)
            print("not cancelled")

        print(await outcome(asyncio.create_task(after())))

    async def test_our_name_in_message(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0, MyExc("one")))

        try:
            await body()
        except ExceptionGroup as error:
            print(str(error), error.exceptions)

    async def test_our_cancel_before_task_starts(self):
        async with asyncio.TaskGroup() as tg:
            task = tg.create_task(work("never starts", 1))
            task.cancel()
        print(task.cancelled(), now())

    async def test_our_swallowed_cancel_in_body(self):
        async def body():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(crash(0.1, ValueError("child")))
                try:
                    await asyncio.sleep(1)
                except asyncio.CancelledError:
                    pass
                await asyncio.sleep(0.5)
                print("body went on", now())

        print(await outcome(asyncio.create_task(body())), now())
