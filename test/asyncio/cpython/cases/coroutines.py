from judge import *
import inspect


def step(call, *args):
    """How one step of a coroutine driven by hand ends."""
    try:
        call(*args)
        return "suspended"
    except StopIteration as stop:
        return f"returned {show(stop.value)}"
    except BaseException as error:
        return show(error)


async def nop():
    await asyncio.sleep(0)


async def spam():
    return "spam"


class CoroutineTest:
    def test_func_1(self):
        async def foo():
            return 10

        coro = foo()
        print(asyncio.iscoroutine(coro), asyncio.iscoroutinefunction(foo), step(coro.send, None))

    def test_func_3(self):
        async def foo():
            return 10

        coro = foo()
        print(coro, foo)
        coro.close()

    def test_func_6(self):
        async def foo():
            await nop()
            await nop()

        coro = foo()
        print(step(coro.send, None), step(coro.send, None), step(coro.send, None))

    def test_func_9(self):
        coro = spam()
        print(inspect.getcoroutinestate(coro))
        coro.close()
        print(inspect.getcoroutinestate(coro))

    def test_func_10(self):
        async def foo():
            try:
                await nop()
            except ZeroDivisionError:
                print("except")
                raise
            finally:
                print("finally")

        coro = foo()
        print(step(coro.send, None))
        coro.close()
        coro = foo()
        print(step(coro.send, None), step(coro.throw, ZeroDivisionError("thrown")))

    def test_func_12(self):
        async def body():
            coros[0].send(None)

        coros = [body()]
        print(step(coros[0].send, None))

    def test_func_13(self):
        coro = spam()
        print(step(coro.send, "spam"))
        coro.close()

    def test_func_15(self):
        async def reader(coro):
            return await coro

        coro = spam()
        print(step(reader(coro).send, None), step(reader(coro).send, None))

    def test_func_16(self):
        async def send():
            await nop()
            return "spam"

        async def read(coro):
            await nop()
            return await coro

        coro = send()
        reader = read(coro)
        print(step(reader.send, None), step(reader.send, None), step(reader.throw, ValueError("ham")))
        reader = read(coro)
        print(step(reader.send, None), step(reader.send, None), step(reader.throw, ValueError("wat")))

    def test_func_17(self):
        coro = spam()
        print(step(coro.send, None), step(coro.send, None), step(coro.throw, ValueError("wat")))
        coro.close()
        coro.close()

    def test_func_19(self):
        async def foo():
            await nop()
            try:
                await nop()
            finally:
                print("finally")

        coro = foo()
        print(step(coro.send, None), step(coro.send, None))
        for _ in range(3):
            coro.close()

    def test_our_throw_before_start(self):
        async def never():
            print("never")

        coro = never()
        print(step(coro.throw, ValueError("early")), inspect.getcoroutinestate(coro))

    def test_our_throw_caught(self):
        async def foo():
            try:
                await nop()
            except ValueError as error:
                await nop()
                return f"caught {error}"

        coro = foo()
        print(step(coro.send, None), step(coro.throw, ValueError("it")), step(coro.send, None))

    def test_cr_await(self):
        async def inner():
            states.append(inspect.getcoroutinestate(coros[0]))
            await nop()
            states.append(inspect.getcoroutinestate(coros[0]))

        async def outer():
            await inner()

        states, coros = [], [outer()]
        states.append(inspect.getcoroutinestate(coros[0]))
        coros[0].send(None)
        states.append(inspect.getcoroutinestate(coros[0]))
        print(step(coros[0].send, None))
        states.append(inspect.getcoroutinestate(coros[0]))
        print(states)

    async def test_await_5(self):
        async def foo():
            return await asyncio.sleep(0.1, "result")

        print(await foo(), now())

    async def test_await_9(self):
        async def bar():
            return 42

        async def foo():
            b = bar()
            one = await bar() + await bar() * await b
            return one

        print(await foo())

    async def test_await_11(self):
        async def ident(value):
            return value

        async def bar():
            return [await ident(1) + await ident(2) * 10, {"a": await ident(3)}, [await ident(n) for n in (4, 5)]]

        print(await bar())

    async def test_await_13(self):
        print(await outcome(spam()))

    async def test_await_14(self):
        async def foo(coro):
            return await coro

        coro = spam()
        print(await foo(foo(coro)))

    async def test_await_15(self):
        async def waiter(coro):
            await coro

        async def long():
            await asyncio.sleep(1)

        coro = long()
        first = asyncio.create_task(waiter(coro))
        await ticks()
        print(await outcome(waiter(coro)))
        await first

    async def test_await_16(self):
        async def f():
            return ValueError("returned, not raised")

        print(await f())

    async def test_our_nested_finally_order(self):
        async def level(n):
            try:
                if n:
                    await level(n - 1)
                else:
                    raise RuntimeError("deep")
            finally:
                await asyncio.sleep(0)
                print("level", n)

        print(await outcome(level(3)))

    async def test_our_return_in_finally(self):
        async def foo():
            try:
                await asyncio.sleep(0)
                return "try"
            finally:
                print("finally")

        print(await foo())

    async def test_our_for_break_in_try(self):
        async def foo():
            for n in range(5):
                try:
                    await asyncio.sleep(0)
                    if n == 1:
                        continue
                    if n == 3:
                        break
                    print("turn", n)
                finally:
                    print("left", n)

        await foo()

    async def test_comp_1(self):
        async def f(i):
            return i

        print([await f(i) for i in range(4)], sum([await f(i) for i in range(4)]))

    async def test_our_default_argument_raises(self):
        def bad():
            raise ValueError("default")

        async def foo(value=None):
            bad()

        coro = foo()
        print(await outcome(coro))

    async def test_our_recursion_by_own_name(self):
        async def fac(n):
            return 1 if n == 0 else n * await fac(n - 1)

        print(await fac(5))

    async def test_our_deep_recursion(self):
        async def depth(n):
            return 0 if n == 0 else 1 + await depth(n - 1)

        print(await depth(500))

    async def test_our_method(self):
        class Account:
            def __init__(self):
                self.total = 0

            async def add(self, amount):
                await asyncio.sleep(0)
                self.total += amount
                return self

        account = Account()
        await account.add(1)
        await asyncio.gather(account.add(2), account.add(3))
        print(account.total)

    async def test_our_coroutine_in_a_dict(self):
        coros = {"a": spam(), "b": spam()}
        print({name: await coro for name, coro in coros.items()})


class CoroutineTests:
    """test_pep492.py."""

    async def test_iscoroutine(self):
        coro = spam()
        print(asyncio.iscoroutine(coro), asyncio.iscoroutine(spam), asyncio.iscoroutine(None), await coro)

    def test_iscoroutinefunction(self):
        print(asyncio.iscoroutinefunction(spam), asyncio.iscoroutinefunction(step))

    async def test_async_def_coroutines(self):
        async def foo():
            return await spam()

        print(await foo())

    async def test_our_isawaitable(self):
        coro = spam()
        print(inspect.isawaitable(coro), inspect.isawaitable(spam), inspect.isawaitable(1), await coro)

    async def test_double_await(self):
        async def afunc():
            await asyncio.sleep(0.1)

        async def runner():
            coro = afunc()
            task = asyncio.create_task(coro)
            try:
                await asyncio.sleep(0)
                await coro
            finally:
                task.cancel()

        print(await outcome(runner()))

    async def test_our_context_manager_async_with(self):
        for lock in (asyncio.Lock(), asyncio.Semaphore()):
            async with lock:
                print(lock.locked())
            print(lock.locked())


def group():
    return ExceptionGroup("all", [
        ValueError("one"),
        TypeError("two"),
        ExceptionGroup("nested", [ValueError("three"), RuntimeError("four")]),
    ])


class BadConstructorArgs:
    """From here on: test_exception_group.py."""

    def test_bad_EG_construction__bad_message(self):
        print(raised(lambda: ExceptionGroup(42, [ValueError()])).split("(")[0])

    def test_bad_EG_construction__bad_excs_sequence(self):
        print(raised(lambda: ExceptionGroup("none", [])))

    def test_bad_EG_construction__nested_non_exceptions(self):
        print(raised(lambda: ExceptionGroup("bad", [1, 2])))


class InstanceCreation:
    def test_EG_wraps_Exceptions__creates_EG(self):
        print(ExceptionGroup("two", [ValueError("a"), TypeError("b")]))


class StrAndReprTests:
    def test_ExceptionGroup(self):
        print(str(ExceptionGroup("one", [ValueError("a")])), str(group()))


class ExceptionGroupFields:
    def test_basics_ExceptionGroup_fields(self):
        all = group()
        print(all.message, len(all.exceptions), all.exceptions[2])


class ExceptionGroupSubgroupTests:
    def test_basics_subgroup_split__bad_arg_type(self):
        print(raised(group().subgroup, 42).split("(")[0], raised(group().split, 42).split("(")[0])

    def test_basics_subgroup_by_type__passthrough(self):
        all = group()
        print(all.subgroup(Exception) is all, all.subgroup(ExceptionGroup) is all)

    def test_basics_subgroup_by_type__no_match(self):
        print(group().subgroup(LookupError))

    def test_basics_subgroup_by_type__match(self):
        print(group().subgroup(ValueError), group().subgroup((TypeError, RuntimeError)))

    def test_basics_subgroup_by_predicate__match(self):
        print(group().subgroup(lambda error: str(error) in ("one", "four")))

    def test_basics_subgroup_by_predicate__no_match(self):
        print(group().subgroup(lambda error: False))


class ExceptionGroupSplitTests:
    def test_basics_split_by_type__passthrough(self):
        all = group()
        match, rest = all.split(Exception)
        print(match is all, rest)

    def test_basics_split_by_type__no_match(self):
        all = group()
        match, rest = all.split(LookupError)
        print(match, rest)

    def test_basics_split_by_type__match(self):
        match, rest = group().split(ValueError)
        print(match, rest)

    def test_basics_split_by_predicate__match(self):
        match, rest = group().split(lambda error: str(error) == "three")
        print(match, rest)


class DeepRecursionInSplitAndSubgroup:
    def test_deep_split(self):
        group = ExceptionGroup("deep", [TypeError(1)])
        for _ in range(100):
            group = ExceptionGroup("deep", [group])
        match, rest = group.split(TypeError)
        print(match is not None, rest)


class NestedExceptionGroupSplitTest:
    def test_split_copies_notes(self):
        all = group()
        all.add_note("a note")
        match, rest = all.split(ValueError)
        print(match.__notes__, rest.__notes__)

    def test_our_split_derive(self):
        class Mine(ExceptionGroup):
            def derive(self, excs):
                return Mine(self.message, excs)

        match, rest = Mine("mine", [ValueError("a"), TypeError("b")]).split(ValueError)
        print(isinstance(match, Mine), isinstance(rest, Mine))
