from judge import *


async def forever():
    await asyncio.sleep(10, "slept")


async def waits_for(future):
    await future


def call(*args):
    pass


def bad(*args):
    raise ValueError("bad")


class ReprTests:
    async def test_our_handle_shows_arguments_in_debug_mode_only(self):
        loop = asyncio.get_running_loop()
        for debug in (False, True):
            loop.set_debug(debug)
            print(loop.call_soon(call, 1, "two", [3]))
            later = loop.call_at(1.5, call, "x" * 31, list(range(7)), [[[[[[[1]]]]]]])
            print(later)
            later.cancel()
            print(later)

    async def test_our_context_of_a_callback_that_raises(self):
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda loop, context: (handler(loop, context), print(context["handle"])))
        future = loop.create_future()
        future.add_done_callback(bad)
        future.set_result(42)
        loop.call_soon(bad, 1, "two")
        await ticks(2)
        loop.set_debug(True)
        loop.call_soon(bad, 1, "two")
        await ticks(2)

    async def test_our_cancelled_task_shows_what_it_waits_for(self):
        future = asyncio.get_running_loop().create_future()
        sleeper = asyncio.create_task(forever())
        for task in (asyncio.create_task(waits_for(future)), asyncio.create_task(waits_for(sleeper)), sleeper):
            await ticks()
            print(task)
            task.cancel()
            print(task)
        await ticks()
        print(sleeper)

    async def test_our_sleep_that_is_over_is_a_finished_future(self):
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(forever())
        loop.call_at(10, lambda: loop.call_soon(print, task))
        await ticks()
        print(task)
        await task
        print(task)

    async def test_our_long_results_are_cut(self):
        loop = asyncio.get_running_loop()
        for result in ("x" * 31, "x" * 28, "x" * 29, ["a" * 40] * 7, list(range(7)), [[[[[[[1]]]]]]], []):
            future = loop.create_future()
            future.set_result(result)
            print(future)
        failed = loop.create_future()
        failed.set_exception(ValueError("x" * 40))
        print(failed)
        failed.exception()

    async def test_our_callbacks_of_the_library_have_their_names(self):
        future = asyncio.get_running_loop().create_future()
        one = asyncio.create_task(waits_for(future))
        waits = asyncio.create_task(asyncio.wait([one]))
        await ticks()
        print(one)
        gathered = asyncio.gather(one)
        print(one)
        shielded = asyncio.shield(future)
        print(shielded)
        shielded.cancel()
        async with asyncio.TaskGroup() as group:
            print(group.create_task(waits_for(future)))
            future.set_result(None)
        await gathered
        await waits

    def test_our_task_of_a_run(self):
        async def main():
            print(asyncio.current_task())

        asyncio.run(main())
