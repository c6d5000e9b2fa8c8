"""CPython 3.14's own event loop under a virtual clock, with the two things settled that CPython leaves to chance.

Time jumps to the next timer when nothing is ready, so sleeps cost nothing and every run prints the same.
What is settled: timers of one instant fire in the order they were made (on a real clock no two instants are equal,
so this is what happens there; heapq alone would shuffle equal ones), and the sets of tasks that asyncio walks over
(gathering what is left at shutdown, the children of a group, as_completed, async generators left open) are in the
order of insertion, where CPython's order is that of memory addresses. A program that waits for what can never come is told so,
where CPython would hang. Nothing else of asyncio is touched: its tasks, futures and heap run.
"""

import asyncio
import collections.abc
import itertools
import selectors
import warnings
import weakref


class OrderedSet(collections.abc.MutableSet):
    """A set that remembers the order of insertion, in the places where asyncio uses a bare set."""

    def __init__(self, items=()):
        self._items = dict.fromkeys(items)

    def __contains__(self, item):
        return item in self._items

    def __iter__(self):
        return iter(self._items)

    def __len__(self):
        return len(self._items)

    def add(self, item):
        self._items[item] = None

    def discard(self, item):
        self._items.pop(item, None)

    def clear(self):
        self._items.clear()

    def pop(self):
        item = next(iter(self._items))
        del self._items[item]
        return item


class OrderedWeakSet(OrderedSet):
    """As asyncio's WeakSet of async generators, whose order is the one in which shutdown closes them."""

    def __init__(self):
        self._items = weakref.WeakKeyDictionary()


class OrderedTimer(asyncio.TimerHandle):
    """A timer that, at equal times, comes after those made before it."""

    __slots__ = ("_order",)
    _orders = itertools.count()

    def __init__(self, *args):
        super().__init__(*args)
        self._order = next(self._orders)

    def __lt__(self, other):
        return (self._when, self._order) < (other._when, other._order)


class VirtualSelector(selectors.DefaultSelector):
    """A selector that, instead of waiting for the next timer, moves the clock there."""

    loop = None

    def select(self, timeout=None):
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        events = super().select(0)
        if not events:
            self.loop.jump()
        return events


class Stuck(Exception):
    """Nothing is ready, no timer is set, and the program has not ended."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time begins at 0 and only jumps. It needs no sockets: there are none in WebAssembly."""

    def __init__(self):
        self._now = 0.0
        selector = VirtualSelector()
        selector.loop = self
        super().__init__(selector)
        self._asyncgens = OrderedWeakSet()

    def _make_self_pipe(self):
        self._internal_fds += 1
        self._ssock = self._csock = None

    def _close_self_pipe(self):
        self._internal_fds -= 1

    def _write_to_self(self):
        pass

    def time(self):
        return self._now

    def jump(self):
        if not self._scheduled:
            raise Stuck()
        self._now = max(self._now, self._scheduled[0]._when)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        timer = OrderedTimer(when, callback, args, self, context)
        asyncio.base_events.heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def create_task(self, coro, **options):
        task = super().create_task(coro, **options)
        _task_orders[task] = next(_task_order)
        return task


_task_orders = weakref.WeakKeyDictionary()
_task_order = itertools.count()
_all_tasks = asyncio.all_tasks


def all_tasks(loop=None):
    return OrderedSet(sorted(_all_tasks(loop), key=lambda task: _task_orders.get(task, -1)))


class VirtualPolicy(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self):
        return VirtualLoop()


def install():
    """Makes asyncio.run and asyncio.Runner use the virtual loop, in this process."""
    for module in (asyncio.tasks, asyncio.taskgroups):
        module.set = OrderedSet
    asyncio.tasks.all_tasks = asyncio.all_tasks = all_tasks
    with warnings.catch_warnings(action="ignore"):
        asyncio.set_event_loop_policy(VirtualPolicy())
