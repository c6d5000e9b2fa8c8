"""The reference loop for CPython 3.14, also where there are no sockets (WebAssembly), and for one case after another.

Time is virtual and the order of what asyncio keeps in sets is that of insertion: see ../reference/loop.py.
A program that waits for what can never come is told so, where CPython would hang.
"""

import asyncio
import itertools
import warnings
import weakref

import reference


class Stuck(Exception):
    """Nothing is ready, no timer is set, and the program has not ended."""


class JudgeLoop(reference.VirtualLoop):
    """The reference loop without the socket pair, with tasks numbered where the loop makes them."""

    def __init__(self):
        super().__init__()
        self.set_task_factory(None)

    def _make_self_pipe(self):
        self._internal_fds += 1
        self._ssock = self._csock = None

    def _close_self_pipe(self):
        self._internal_fds -= 1

    def _write_to_self(self):
        pass

    def jump(self):
        if not self._scheduled:
            raise Stuck()
        super().jump()

    def create_task(self, coro, **options):
        task = super().create_task(coro, **options)
        _orders[task] = next(_order)
        return task


_orders = weakref.WeakKeyDictionary()
_order = itertools.count()
_all_tasks = asyncio.all_tasks


def all_tasks(loop=None):
    return reference.OrderedSet(sorted(_all_tasks(loop), key=lambda task: _orders.get(task, -1)))


class JudgePolicy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        return JudgeLoop()


def install():
    """Makes asyncio.run and asyncio.Runner use the virtual loop, in this process."""
    for module in (asyncio.tasks, asyncio.taskgroups):
        module.set = reference.OrderedSet
    asyncio.tasks.all_tasks = asyncio.all_tasks = all_tasks
    with warnings.catch_warnings(action="ignore"):
        asyncio.set_event_loop_policy(JudgePolicy())
