from judge import *
import os
import signal


def note(*args):
    print("signal", *args)


class EventLoopTestsMixin:
    """test_events.py"""

    async def test_add_signal_handler(self):
        loop, got = asyncio.get_running_loop(), asyncio.Event()
        loop.add_signal_handler(signal.SIGUSR1, got.set)
        os.kill(os.getpid(), signal.SIGUSR1)
        await asyncio.wait_for(got.wait(), 1)
        print(loop.remove_signal_handler(signal.SIGUSR1), loop.remove_signal_handler(signal.SIGUSR1))

    async def test_signal_handling_args(self):
        loop, got = asyncio.get_running_loop(), asyncio.Event()

        def handle(*args):
            note(*args)
            got.set()

        loop.add_signal_handler(signal.SIGUSR2, handle, "some", "args")
        os.kill(os.getpid(), signal.SIGUSR2)
        await asyncio.wait_for(got.wait(), 1)
        loop.remove_signal_handler(signal.SIGUSR2)


class SelectorEventLoopSignalTests:
    """test_unix_events.py"""

    async def test_add_signal_handler_coroutine_error(self):
        async def coro():
            pass

        one = coro()
        print(raised(asyncio.get_running_loop().add_signal_handler, signal.SIGUSR1, one))
        one.close()

    async def test_add_signal_handler_install_error2(self):
        print(raised(asyncio.get_running_loop().add_signal_handler, signal.SIGKILL, note).split("(")[0])

    async def test_remove_signal_handler(self):
        print(asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1))

    async def test_our_second_handler_replaces_the_first(self):
        loop, got = asyncio.get_running_loop(), asyncio.Event()
        loop.add_signal_handler(signal.SIGUSR1, note, "first")
        loop.add_signal_handler(signal.SIGUSR1, got.set)
        os.kill(os.getpid(), signal.SIGUSR1)
        await asyncio.wait_for(got.wait(), 1)
        print("second only", loop.remove_signal_handler(signal.SIGUSR1))


class RunnerTests:
    """test_runners.py; test_signals.py for the last."""

    def test_interrupt_call_soon(self):
        async def main():
            try:
                asyncio.get_running_loop().call_soon(interrupt)
                await asyncio.Future()
            finally:
                note("finally", asyncio.current_task().cancelling())

        print(raised(asyncio.run, main()))
        print(raised(lambda: asyncio.Runner().run(main())))

    def test_interrupt_wait(self):
        async def main():
            async with asyncio.TaskGroup() as tg:
                tg.create_task(waits("one"))
                tg.create_task(waits("two"))
                await asyncio.sleep(0)
                interrupt()

        print(raised(asyncio.run, main()))

    def test_interrupt_cancelled_task(self):
        async def main():
            task = asyncio.current_task()
            task.get_loop().call_soon(task.cancel)
            interrupt()
            await asyncio.sleep(1)

        print(raised(asyncio.run, main()))

    def test_our_interrupt_swallowed(self):
        async def main():
            try:
                interrupt()
                await asyncio.sleep(1)
            except asyncio.CancelledError:
                return "swallowed"

        print(raised(asyncio.run, main()))

    def test_our_handler_of_ones_own(self):
        async def main():
            got = asyncio.Event()
            asyncio.get_running_loop().add_signal_handler(signal.SIGINT, got.set)
            interrupt()
            await got.wait()
            return "mine"

        print(raised(asyncio.run, main()))

    def test_our_interrupt_ends_with_the_run(self):
        before = signal.getsignal(signal.SIGINT)

        async def main():
            return signal.getsignal(signal.SIGINT) is before

        print(asyncio.run(main()), signal.getsignal(signal.SIGINT) is before)


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


async def waits(name):
    try:
        await asyncio.Future()
    finally:
        note("finally", name)
