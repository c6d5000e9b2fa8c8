from judge import *
import contextvars
from contextvars import Context, ContextVar, Token, copy_context


class ContextTest:
    def test_context_var_new_1(self):
        var = ContextVar("a")
        print(var.name, raised(lambda: var.get()).split("(")[0], var.get("fallback"))

    def test_context_var_repr_1(self):
        print(ContextVar("a"), ContextVar("b", default=1), ContextVar("c", default="text"))

    def test_our_context_var_token_repr(self):
        var = ContextVar("a")
        token = var.set(1)
        print(token)
        var.reset(token)
        print(token)

    def test_context_new_1(self):
        print(isinstance(Context(), Context), Context().get(ContextVar("var")))

    def test_context_get_context_1(self):
        context = copy_context()
        print(isinstance(context, Context), context is copy_context())

    def test_context_run_1(self):
        print(raised(lambda: copy_context().run()).split("(")[0])

    def test_context_run_2(self):
        print(copy_context().run(lambda *args: args, 1, 2, 3))

    def test_context_run_3(self):
        def fail():
            raise ZeroDivisionError("in context")

        context = copy_context()
        print(raised(context.run, fail), context.run(lambda: "usable again"))

    def test_context_run_4(self):
        one, two = ContextVar("one"), ContextVar("two")
        first = copy_context()

        def work():
            print(one in first, one.get("none"))
            one.set(1)
            print(one in first, first[one] if one in first else "none")
            second = copy_context()
            second.run(lambda: (one.set(2), two.set("two")))
            print(second.get(one), second.get(two), first.get(one), first.get(two))

        first.run(work)
        print(one.get("unset outside"))

    def test_context_run_5(self):
        var = ContextVar("var", default=42)

        def fun():
            print(var.get())
            var.set(10)
            print(var.get())

        print(copy_context().run(fun), var.get())

    def test_context_run_6(self):
        var, context = ContextVar("var", default=0), copy_context()

        def fun():
            print(var.get())
            var.set(var.get() + 1)

        context.run(fun)
        context.run(fun)
        context.run(lambda: print(var.get(), context[var]))

    def test_context_run_7(self):
        context = copy_context()

        def fun():
            context.run(lambda: None)

        print(raised(context.run, fun).split("(")[0])

    def test_context_getset_1(self):
        var = ContextVar("var")
        print(raised(var.get).split("(")[0])

        def fun():
            print(var.get("none"))
            token = var.set("a")
            print(var.get(), token.var is var)
            var.set("b")
            print(var.get())
            var.reset(token)
            print(var.get("none"))

        copy_context().run(fun)

    def test_our_context_keys_and_values(self):
        one, two = contextvars.ContextVar("one"), contextvars.ContextVar("two")
        one.set(1)
        two.set(2)
        context = contextvars.copy_context()
        mine = [key for key in context.keys() if key in (one, two)]
        print(sorted(key.name for key in mine), sorted(value for value in context.values() if value in (1, 2)))
        one.set(3)
        print(context[one])

    def test_context_getset_2(self):
        one, two = ContextVar("one"), ContextVar("two")
        token = one.set(42)
        print(raised(two.reset, token).split("(")[0])
        one.reset(token)

    def test_context_getset_3(self):
        var, context = ContextVar("var", default=42), Context()

        def fun():
            token = var.set(1)
            print(token.old_value is Token.MISSING)
            again = var.set(2)
            print(again.old_value, var.get())
            var.reset(again)
            print(var.get())
            var.reset(token)
            print(var.get())

        context.run(fun)

    def test_context_getset_4(self):
        var, context = ContextVar("var", default=42), Context()
        token = context.run(var.set, 1)
        print(raised(var.reset, token).split("(")[0])

    def test_context_getset_5(self):
        var = ContextVar("var", default=42)
        token = var.set([])

        def fun():
            var.set([])
            var.get().append(42)
            print(var.get())

        copy_context().run(fun)
        print(var.get())
        var.reset(token)

    def test_context_copy_1(self):
        var, context = ContextVar("var", default=1), copy_context()
        context.run(var.set, 10)
        copied = context.copy()
        copied.run(var.set, 20)
        print(context[var], copied[var], var.get())

    def test_our_context_get_default(self):
        var, context = ContextVar("var"), copy_context()
        print(context.get(var), context.get(var, "default"), var in context)
        context.run(var.set, 10)
        print(context.get(var), context.get(var, "default"), var in context)

    def test_our_context_iteration(self):
        one, two, context = ContextVar("one"), ContextVar("two"), Context()
        context.run(one.set, 1)
        context.run(two.set, 2)
        print(sorted(var.name for var in context), sorted(context[var] for var in context))

    def test_our_token_reset_twice(self):
        var = ContextVar("var")
        token = var.set(1)
        var.reset(token)
        print(raised(var.reset, token).split("(")[0])

    def test_our_token_contextmanager_with_default(self):
        var = ContextVar("var", default=42)

        def fun():
            with var.set(36):
                print(var.get())
            print(var.get())

        copy_context().run(fun)

    def test_our_token_contextmanager_without_default(self):
        var = ContextVar("var")

        def fun():
            with var.set(36):
                print(var.get())
            print(var.get("unset"))

        copy_context().run(fun)

    def test_our_token_contextmanager_reraises(self):
        var = ContextVar("var", default="outer")

        def body():
            with var.set("inner"):
                raise ValueError("custom exception")

        print(raised(body), var.get())

    def test_our_token_contextmanager_on_exit_twice(self):
        var = ContextVar("var", default="outer")

        def body():
            with var.set("inner") as token:
                var.reset(token)

        print(raised(body).split("(")[0], var.get())


class BaseTaskTests:
    """The context_… methods of test_tasks.py."""

    async def test_context_1(self):
        var = ContextVar("var", default="nope")

        async def sub():
            await asyncio.sleep(0.01)
            print(var.get())
            var.set("something else")

        async def main():
            print(var.get())
            task = asyncio.create_task(sub())
            var.set("yes")
            print(var.get())
            await task
            print(var.get())

        await asyncio.create_task(main())

    async def test_context_2(self):
        var = ContextVar("var", default="nope")

        async def main():
            def callback(future):
                print(var.get())
                var.set("callback")

            future = asyncio.get_running_loop().create_future()
            var.set("main")
            future.add_done_callback(callback)
            var.set("later")
            future.set_result(None)
            await asyncio.sleep(0.01)
            print(var.get())

        await asyncio.create_task(main())
        print(var.get())

    async def test_context_3(self):
        var = ContextVar("var", default=0)

        async def sub(num):
            for _ in range(10):
                var.set(num + var.get())
                await asyncio.sleep(0.01)
            return var.get()

        print(await asyncio.gather(*[asyncio.create_task(sub(n)) for n in range(10)]), var.get())

    async def test_context_4(self):
        var = ContextVar("var")

        async def put(value):
            await asyncio.sleep(0)
            var.set(value)

        context = copy_context()
        await asyncio.create_task(put(1), context=context)
        print(context.get(var))
        await asyncio.create_task(put(2), context=context)
        print(context.get(var), var.get("none"))

    async def test_context_5(self):
        var = ContextVar("var")

        async def put(value):
            await asyncio.sleep(0)
            var.set(value)

        context = copy_context()
        task = asyncio.get_running_loop().create_task(put(1), context=context)
        await task
        print(context.get(var))

    async def test_our_context_awaited_coroutine_shares(self):
        var = ContextVar("var", default="outer")

        async def inner():
            var.set("inner")

        await inner()
        print(var.get())

    async def test_our_context_timer(self):
        var = ContextVar("var", default="outer")
        var.set("when scheduled")
        asyncio.get_running_loop().call_later(0.1, lambda: print(var.get()))
        var.set("later")
        await asyncio.sleep(0.2)

    async def test_our_context_gather_and_wait_for(self):
        var = ContextVar("var", default="outer")

        async def put(value):
            var.set(value)

        await asyncio.gather(put("gathered"))
        print(var.get())
        await asyncio.wait_for(put("waited for"), 1)
        print(var.get())

    async def test_our_done_callback_context(self):
        var = ContextVar("var", default="outer")
        context = copy_context()
        context.run(var.set, "given")
        future = asyncio.get_running_loop().create_future()
        future.add_done_callback(lambda _: print(var.get()), context=context)
        future.set_result(None)
        await ticks()

    async def test_our_run_in_own_context(self):
        context = copy_context()

        async def body():
            return raised(context.run, lambda: 1).split("(")[0]

        print(await asyncio.create_task(body(), context=context))

    async def test_our_var_set_in_finally_of_a_cancelled_task(self):
        var = ContextVar("var", default="outer")

        async def body():
            try:
                await asyncio.sleep(10)
            finally:
                var.set("finally")
                print(var.get())

        task = asyncio.create_task(body())
        await ticks()
        task.cancel()
        print(await outcome(task), var.get())
