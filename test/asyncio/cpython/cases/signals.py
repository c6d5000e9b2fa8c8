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
