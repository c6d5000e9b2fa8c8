from judge import *
import contextvars


async def value(result, seconds=0):
    await asyncio.sleep(seconds)
    return result


async def crash(error):
    await asyncio.sleep(0)
    raise error


def ended(coro, **options):
    return raised(lambda: asyncio.run(coro, **options))


class RunTests:
    def test_asyncio_run_return(self):
        print(asyncio.run(value(42)))

    def test_asyncio_run_raises(self):
        print(ended(crash(ValueError("spam"))))

    def test_asyncio_run_only_coro(self):
        print(ended(1), ended(value))

    def test_asyncio_run_debug(self):
        async def main():
            return asyncio.get_running_loop().get_debug()

        print(asyncio.run(main()), asyncio.run(main(), debug=True), asyncio.run(main(), debug=False))

    def test_asyncio_run_from_running_loop(self):
        async def main():
            coro = value(1)
            try:
                asyncio.run(coro)
            finally:
                coro.close()

        print(ended(main()))

    def test_asyncio_run_cancels_hanging_tasks(self):
        tasks = []

        async def main():
            tasks.append(asyncio.create_task(value(1, 0.1)))
            return 123

        print(asyncio.run(main()), tasks[0].done(), tasks[0].cancelled())

    def test_asyncio_run_reports_hanging_tasks_errors(self):
        async def leftover():
            try:
                await asyncio.sleep(0.1)
            except asyncio.CancelledError:
                raise ZeroDivisionError("left over")

        async def main():
            asyncio.get_running_loop().set_exception_handler(handler)
            tasks.append(asyncio.create_task(leftover()))
            await asyncio.sleep(0)
            return 123

        tasks = []
        print(asyncio.run(main()), tasks[0].done())

    def test_asyncio_run_closes_gens_after_hanging_tasks_errors(self):
        class FancyExit(Exception):
            pass

        async def fidget():
            try:
                while True:
                    yield 1
                    await asyncio.sleep(1)
            finally:
                print("closed")

        async def spin():
            try:
                async for _ in spinner:
                    pass
            except asyncio.CancelledError:
                raise ZeroDivisionError("spin")

        async def main():
            asyncio.get_running_loop().set_exception_handler(handler)
            asyncio.create_task(spin())
            await asyncio.sleep(0)
            raise FancyExit("main")

        spinner = fidget()
        print(ended(main()))

    def test_our_asyncio_run_leaves_tasks_of_timers(self):
        async def left(name):
            try:
                await asyncio.sleep(10)
            finally:
                print("finally", name)

        tasks = []

        def make(name):
            tasks.append(asyncio.get_running_loop().create_task(left(name)))

        async def main():
            loop = asyncio.get_running_loop()
            loop.call_later(0.1, make, "timer")
            loop.call_soon(make, "soon")
            done = loop.create_future()
            done.add_done_callback(lambda _: make("callback"))
            done.set_result(None)
            await asyncio.sleep(0.2)
            return "main"

        print(asyncio.run(main()), [task.cancelled() for task in tasks])

    def test_our_asyncio_run_loop_is_closed(self):
        async def main():
            return asyncio.get_running_loop()

        loop = asyncio.run(main())
        print(loop.is_closed(), loop.is_running(), raised(loop.call_soon, print))

    def test_our_asyncio_run_cancelled_main(self):
        async def main():
            asyncio.current_task().cancel("myself")
            await asyncio.sleep(1)

        print(ended(main()))

    def test_our_asyncio_run_twice(self):
        print(asyncio.run(value(1)), asyncio.run(value(2)))

    def test_our_asyncio_run_finally_awaits(self):
        async def left():
            try:
                await asyncio.sleep(10)
            finally:
                await asyncio.sleep(1)
                print("finally", now())

        async def main():
            asyncio.create_task(left())
            await asyncio.sleep(0)
            return "main"

        print(asyncio.run(main()))

    def test_asyncio_run_loop_factory(self):
        loops = []

        def factory():
            loops.append(asyncio.new_event_loop())
            return loops[0]

        async def main():
            return asyncio.get_running_loop() is loops[0]

        print(asyncio.run(main(), loop_factory=factory), loops[0].is_closed())


class RunnerTests:
    def test_non_debug(self):
        with asyncio.Runner(debug=False) as runner:
            print(runner.get_loop().get_debug())

    def test_debug(self):
        with asyncio.Runner(debug=True) as runner:
            print(runner.get_loop().get_debug())

    def test_custom_factory(self):
        loop = asyncio.new_event_loop()
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            print(runner.get_loop() is loop, runner.run(value("done")))
        print(loop.is_closed())

    def test_run(self):
        with asyncio.Runner() as runner:
            print(runner.run(value("done")))
            loop = runner.get_loop()
        print(raised(runner.get_loop), loop.is_closed())

    def test_run_non_coro(self):
        with asyncio.Runner() as runner:
            print(raised(runner.run, 123))

    def test_our_run_explicit_close(self):
        runner = asyncio.Runner()
        loop = runner.get_loop()
        runner.close()
        print(raised(runner.get_loop), loop.is_closed())

    def test_double_close(self):
        runner = asyncio.Runner()
        loop = runner.get_loop()
        runner.close()
        runner.close()
        print(loop.is_closed())

    def test_second_with_block_raises(self):
        runner = asyncio.Runner()
        with runner:
            print(runner.run(value(1)))
        coro = value(2)
        print(raised(runner.run, coro))
        coro.close()

    def test_run_keeps_context(self):
        var = contextvars.ContextVar("var", default=-1)

        async def put(new):
            old = var.get()
            await asyncio.sleep(0)
            var.set(new)
            return old

        with asyncio.Runner() as runner:
            print(runner.run(put(1)), runner.run(put(2)), runner.run(put(3)))
        print(var.get())

    def test_our_run_explicit_context(self):
        var = contextvars.ContextVar("var", default=-1)
        context = contextvars.copy_context()

        async def put(new):
            old = var.get()
            var.set(new)
            return old

        with asyncio.Runner() as runner:
            print(runner.run(put(1), context=context), runner.run(put(2), context=context), runner.run(put(3)))
        print(context.get(var))

    def test_recursive_run(self):
        async def main():
            coro = value(1)
            try:
                runner.run(coro)
            finally:
                coro.close()

        with asyncio.Runner() as runner:
            print(raised(runner.run, main()))

    def test_our_left_over_goes_on(self):
        log = []

        async def background():
            try:
                while True:
                    await asyncio.sleep(0.1)
                    log.append(now())
            finally:
                print("finally", now())

        async def main():
            asyncio.create_task(background())
            await asyncio.sleep(0.25)

        with asyncio.Runner() as runner:
            runner.run(main())
            print(log)
            runner.run(value(None, 0.2))
            print(log)
        print("closed")

    def test_our_close_cancels_tasks_of_callbacks(self):
        async def left():
            try:
                await asyncio.sleep(10)
            finally:
                print("finally")

        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            loop.call_soon(lambda: loop.create_task(left()))
            runner.run(value(None, 0.1))
        print("closed")

    def test_our_run_awaitable(self):
        with asyncio.Runner() as runner:
            future = runner.get_loop().create_future()
            future.set_result("done")
            print(raised(runner.run, future))
