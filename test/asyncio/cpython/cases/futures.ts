// test_futures.py and test_futures2.py: see futures.py for the same in Python.
import {
  coroutine,
  createTask,
  ensureFuture,
  Future,
  gather,
  getRunningLoop,
  isFuture,
  RuntimeError,
  sleep,
  type Task,
  ValueError,
  wrapFuture,
} from 'cokernel';
import { handler, outcome, print, raised, ticks } from '../judge.ts';

function future<T = unknown>(): Future<T> {
  return getRunningLoop().createFuture<T>();
}

function callback(done: unknown): void {
  print('called', done);
}

function other(done: unknown): void {
  print('other', done);
}

export const BaseFutureTests = {
  test_isfuture: coroutine(async () => {
    print(isFuture(future()), isFuture(1), isFuture(Future), isFuture(null));
    const task = createTask(sleep(0));
    print(isFuture(task), await task);
  }),

  test_initial_state: coroutine(async () => {
    const one = future();
    print(one.done(), one.cancelled());
    one.cancel();
    print(one.done(), one.cancelled());
  }),

  test_constructor_use_running_loop: coroutine(async () => {
    print(future().getLoop() === getRunningLoop());
  }),

  test_constructor_without_loop: () => print(raised(() => getRunningLoop())),

  test_future_cancel_message_getter: coroutine(async () => {
    const one = future();
    one.cancel('my message');
    print(
      await outcome(one),
      raised(() => one.result()),
    );
  }),

  test_cancel: coroutine(async () => {
    const one = future();
    print(one.cancel(), one.cancelled(), one.done());
    print(
      raised(() => one.result()),
      raised(() => one.exception()),
    );
    print(
      raised(() => one.setResult(null)),
      raised(() => one.setException(new RuntimeError())),
      one.cancel(),
    );
  }),

  test_result: coroutine(async () => {
    const one = future();
    print(raised(() => one.result()));
    one.setResult(42);
    print(one.cancelled(), one.done(), one.result(), one.exception());
    print(
      raised(() => one.setResult(null)),
      raised(() => one.setException(new RuntimeError())),
      one.cancel(),
    );
  }),

  test_exception: coroutine(async () => {
    const one = future();
    print(raised(() => one.exception()));
    one.setException(new RuntimeError('no'));
    print(
      one.cancelled(),
      one.done(),
      raised(() => one.result()),
      one.exception(),
    );
    print(
      raised(() => one.setResult(null)),
      raised(() => one.setException(new RuntimeError())),
      one.cancel(),
    );
  }),

  test_exception_class: coroutine(async () => {
    const one = future();
    one.setException(RuntimeError);
    print(one.exception());
  }),

  test_yield_from_twice: coroutine(async () => {
    const one = future<number>();
    getRunningLoop().callSoon((value: number) => one.setResult(value), 42);
    print(await one, await one);
  }),

  test_future_repr: coroutine(async () => {
    let one = future();
    print(one);
    one.cancel();
    print(one);
    one = future();
    one.setResult(4);
    print(one);
    one = future();
    one.setException(new RuntimeError());
    print(one, one.exception());
    one = future();
    one.setResult('text');
    print(one);
  }),

  test_our_future_repr_callbacks: coroutine(async () => {
    const one = future();
    one.addDoneCallback(callback);
    print(one);
    one.addDoneCallback(other);
    print(one);
    for (let left = 8; left > 0; left--) one.addDoneCallback(callback);
    print(one);
    one.cancel();
    print(one);
  }),

  test_iter: coroutine(async () => {
    const one = future();
    const body = coroutine(async () => {
      await one;
    });
    const coro = body();
    coro.send();
    print(raised(() => coro.send()));
  }),

  test_future_iter_throw: coroutine(async () => {
    const one = future();
    const body = coroutine(async () => await outcome(one));
    const coro = body();
    coro.send();
    const step = coro.throw(new ValueError('thrown'));
    if (step.done === true) print(step.value);
  }),

  test_our_future_iter_close: coroutine(async () => {
    const one = future();
    const body = coroutine(async () => {
      try {
        await one;
      } finally {
        print('finally');
      }
    });
    const coro = body();
    coro.send();
    coro.close();
    print(one.done());
  }),

  test_tb_logger_exception_retrieved: coroutine(async () => {
    getRunningLoop().setExceptionHandler(handler);
    const one = future();
    one.setException(new RuntimeError('boom'));
    print(one.exception());
  }),

  test_tb_logger_not_called_after_cancel: coroutine(async () => {
    getRunningLoop().setExceptionHandler(handler);
    const one = future();
    one.setException(new RuntimeError('boom'));
    print(one.cancel());
  }),

  test_our_await_done: coroutine(async () => {
    const one = future();
    one.setResult('at once');
    getRunningLoop().callSoon(() => print('not yet'));
    print(await one);
    await ticks();
  }),

  test_our_await_exception_twice: coroutine(async () => {
    const one = future();
    one.setException(new RuntimeError('boom'));
    print(await outcome(one), await outcome(one));
  }),

  test_our_set_exception_invalid: coroutine(async () => {
    print(raised(() => future().setException(42 as unknown as Error)));
  }),

  test_wrap_future_future: coroutine(async () => {
    const one = future();
    print(wrapFuture(one) === one);
  }),

  test_our_ensure_future_future: coroutine(async () => {
    const one = future();
    print(ensureFuture(one) === one);
  }),
};

export const BaseFutureDoneCallbackTests = {
  test_callbacks_invoked_on_set_result: coroutine(async () => {
    const one = future();
    one.addDoneCallback(callback);
    one.addDoneCallback(other);
    one.setResult('foo');
    print('set');
    await ticks();
  }),

  test_callbacks_invoked_on_set_exception: coroutine(async () => {
    const one = future();
    one.addDoneCallback(callback);
    one.setException(new RuntimeError('boom'));
    await ticks();
    print(one.exception());
  }),

  test_our_callbacks_invoked_when_done: coroutine(async () => {
    const one = future();
    one.setResult(1);
    one.addDoneCallback(callback);
    print('added');
    await ticks();
  }),

  test_callbacks_remove_first_callback: coroutine(async () => {
    const one = future();
    one.addDoneCallback(callback);
    one.addDoneCallback(other);
    print(one.removeDoneCallback(callback), one.removeDoneCallback(callback));
    one.setResult('foo');
    await ticks();
  }),

  test_callbacks_remove_first_and_second_callback: coroutine(async () => {
    const one = future();
    for (const call of [callback, other, callback]) one.addDoneCallback(call);
    print(one.removeDoneCallback(callback), one.removeDoneCallback(other));
    one.setResult('foo');
    await ticks();
    print('none');
  }),

  test_callbacks_remove_third_callback: coroutine(async () => {
    const one = future();
    one.addDoneCallback(callback);
    one.addDoneCallback(callback);
    one.addDoneCallback(other);
    print(one.removeDoneCallback(other));
    one.setResult('foo');
    await ticks();
  }),

  test_remove_done_callback: coroutine(async () => {
    const one = future();
    for (let left = 3; left > 0; left--) one.addDoneCallback(callback);
    print(one.removeDoneCallback(callback), one.removeDoneCallback(callback));
    one.setResult(null);
    await ticks();
    print('none');
  }),

  test_schedule_callbacks_list_mutation_1: coroutine(async () => {
    const one = future();
    one.addDoneCallback(() => print('remover', one.removeDoneCallback(other)));
    one.addDoneCallback(other);
    one.setResult(1);
    await ticks();
  }),

  test_schedule_callbacks_list_mutation_2: coroutine(async () => {
    const one = future();
    one.addDoneCallback(() => {
      print('adder');
      one.addDoneCallback(other);
    });
    one.setResult(1);
    await ticks();
    print('a pass later');
    await ticks();
  }),

  test_our_callback_raises: coroutine(async () => {
    getRunningLoop().setExceptionHandler(handler);
    const one = future();
    one.addDoneCallback(function fail() {
      throw new ValueError('callback');
    });
    one.addDoneCallback(other);
    one.setResult(1);
    await ticks();
  }),
};

export const FutureTests = {
  test_future_traceback: coroutine(async () => {
    const fail = coroutine(async () => {
      throw new RuntimeError('boom');
    });
    const outer = coroutine(async () => {
      await fail();
    });
    print(await outcome(outer()));
  }),

  test_our_gathered: coroutine(async () => {
    print(await outcome(gather(sleep(0, 'a'), sleep(0, 'b'))));
  }),

  test_our_await_from_two_tasks: coroutine(async () => {
    const one = future();
    const tasks = [createTask(outcome(one)), createTask(outcome(one))];
    await ticks();
    print(one);
    one.setResult('both');
    print(await gather(tasks));
  }),

  test_our_cancel_awaiting_task_cancels_future: coroutine(async () => {
    const one = future();
    const tasks = [createTask(outcome(one)), createTask(outcome(one))] as [Task<string>, Task<string>];
    await ticks();
    tasks[0].cancel('why');
    print(await gather(tasks), one.cancelled());
  }),
};
