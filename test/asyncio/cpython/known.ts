// Cases that our library does not pass yet, by what is wrong. The test of a case that is listed here fails as soon as
// the case passes, so that the list can only shrink. A key that ends in `@generator` is of that form alone.

const kinds: Readonly<Record<string, readonly string[]>> = {
  'Condition is that of 3.11: since 3.13 a cancelled waiter hands its notification on, and keeps the message': [
    'locks ConditionTests.test_cancelled_error_wakeup',
    'locks ConditionTests.test_cancelled_error_re_aquire',
    'locks ConditionTests.test_cancelled_wakeup',
  ],
  'the message of Barrier(0) is that of 3.11': ['locks BarrierTests.test_barrier_parties'],
  'the repr of a queue lacks its items (`_queue=[…]`) and `shutdown`': [
    'queues QueueBasicTests.test_repr',
    'queues QueueBasicTests.test_str',
    'queues QueuePutTests.test_why_are_putters_waiting',
    'queues QueuePutTests.test_cancelled_puts_not_being_held_in_self_putters',
    'queues _QueueShutdownTestMixin.test_format',
  ],
  'the repr of a Timeout: `when=10.0`, `when=None`': [
    'timeouts TimeoutTests.test_repr_active',
    'timeouts TimeoutTests.test_repr_disabled',
    'timeouts TimeoutTests.test_our_reschedule_when_finished',
  ],
  'waitFor is that of 3.11: since 3.12 it is a timeout block, so a cancellation wins and what swallows it decides': [
    'timeouts AsyncioWaitForTest.test_wait_for_cancellation_race_condition',
    'timeouts AsyncioWaitForTest.test_wait_for_self_cancellation',
    'timeouts AsyncioWaitForTest.test_our_cancel_with_result',
    'contexts BaseTaskTests.test_our_context_gather_and_wait_for',
  ],
  'the repr of a future lacks its callbacks (`cb=[…]`)': [
    'futures BaseFutureTests.test_our_future_repr_callbacks',
    'futures FutureTests.test_our_await_from_two_tasks',
  ],
  'wrapFuture is missing': ['futures BaseFutureTests.test_wrap_future_future'],
  'the context of an exception handler lacks the handle': [
    'futures BaseFutureDoneCallbackTests.test_our_callback_raises',
    'tasks BaseTaskTests.test_error_in_call_soon',
    'events BaseEventLoopTests.test_default_exc_handler_callback',
    'events BaseEventLoopTests.test_set_exc_handler_custom',
    'events HandleTests.test_callback_with_exception',
  ],
  'TaskGroup is that of 3.11: since 3.13 it uncancels its parent, keeps an outer cancellation, closes a refused coroutine':
    [
      'taskgroups TestTaskGroup.test_coro_closed_when_tg_closed',
      'taskgroups TestTaskGroup.test_cancelling_level_preserved',
      'taskgroups TestTaskGroup.test_nested_groups_both_cancelled',
      'taskgroups TestTaskGroup.test_error_and_cancel',
    ],
  'the repr of a task lacks what it waits for (`wait_for=…`)': [
    'tasks BaseTaskTests.test_task_repr_wait_for',
    'tasks BaseTaskTests.test_cancel_task_ignoring',
  ],
  'uncancel is that of 3.11: since 3.13 it takes back a cancellation that is not delivered yet': [
    'tasks BaseTaskTests.test_uncancel_resets_must_cancel',
  ],
  'asCompleted by `for await` gives results: since 3.13 it gives the tasks, and goes on after one that failed': [
    'tasks BaseTaskTests.test_as_completed_same_tasks_in_as_out',
    'tasks BaseTaskTests.test_our_as_completed_after_failure',
  ],
  'the message of asCompleted(future) is that of 3.11': ['tasks BaseTaskTests.test_as_completed_invalid_args'],
  'Task.getContext is missing': ['tasks BaseTaskTests.test_get_context'],
  'Task.printStack is missing': ['tasks BaseTaskTests.test_our_print_stack'],
  'shield is that of 3.11: since 3.14 it tells the exception handler of an error that nobody waits for': [
    'tasks BaseTaskTests.test_shield_cancel_outer_exception',
  ],
  'gather takes futures of two loops': ['tasks FutureGatherTests.test_constructor_heterogenous_futures'],
  'sleep(NaN) throws at the call and not at the await': ['tasks SleepTests.test_our_sleep_nan'],
  'Loop.setTaskFactory and getTaskFactory are missing': [
    'events BaseEventLoopTests.test_set_task_factory_invalid',
    'events BaseEventLoopTests.test_set_task_factory',
    'events BaseEventLoopTests.test_create_task_error_closes_coro',
  ],
  'Loop.stop is missing': ['events BaseEventLoopTests.test_our_stop'],
  'callSoon, callLater and callAt take no `context`': [
    'events BaseEventLoopTests.test_our_call_soon_context',
    'events HandleTests.test_our_get_context',
  ],
  'the repr of a timer lacks its time (`when=…`)': ['events TimerTests.test_timer_repr'],
  'eagerTaskFactory, createEagerTaskFactory and `eagerStart` are missing': [
    'events EagerTaskFactoryLoopTests.test_eager_task_factory_set',
    'events EagerTaskFactoryLoopTests.test_await_future_during_eager_step',
    'events EagerTaskFactoryLoopTests.test_eager_completion',
    'events EagerTaskFactoryLoopTests.test_block_after_eager_step',
    'events EagerTaskFactoryLoopTests.test_cancellation_after_eager_completion',
    'events EagerTaskFactoryLoopTests.test_cancellation_after_eager_step_blocks',
    'events EagerTaskFactoryLoopTests.test_current_task',
    'events EagerTaskFactoryLoopTests.test_all_tasks_with_eager_completion',
    'events EagerTaskFactoryLoopTests.test_all_tasks_with_blocking',
    'events EagerTaskFactoryLoopTests.test_context_vars',
    'events EagerTaskFactoryLoopTests.test_our_eager_exception',
    'events EagerTaskFactoryLoopTests.test_eager_start_false',
    'events EagerTaskFactoryLoopTests.test_eager_start_true',
    'events EagerTaskFactoryLoopTests.test_our_eager_name',
    'events EagerTaskFactoryLoopTests.test_our_create_eager_task_factory',
    'events EagerTaskFactoryLoopTests.test_our_eager_gather',
    'events EagerTaskFactoryLoopTests.test_our_eager_task_group',
    'events EagerTaskFactoryLoopTests.test_our_eager_task_group_error',
  ],
  'run and Runner.run are those of 3.11: since 3.14 they take any awaitable, and refuse anything else with a TypeError':
    [
      'runners RunTests.test_asyncio_run_only_coro',
      'runners RunnerTests.test_run_non_coro',
      'runners RunnerTests.test_our_run_awaitable',
    ],
  'loopFactory of run and Runner is missing': [
    'runners RunTests.test_asyncio_run_loop_factory',
    'runners RunnerTests.test_custom_factory',
  ],
  'String() of ContextVar and Token is not Python’s repr': [
    'contexts ContextTest.test_context_var_repr_1',
    'contexts ContextTest.test_our_context_var_token_repr',
  ],
  'Context.get takes no default': ['contexts ContextTest.test_our_context_get_default'],
  'a Context cannot be iterated': ['contexts ContextTest.test_our_context_iteration'],
  'a Token is no scope (3.14)': [
    'contexts ContextTest.test_our_token_contextmanager_with_default',
    'contexts ContextTest.test_our_token_contextmanager_without_default',
    'contexts ContextTest.test_our_token_contextmanager_reraises',
    'contexts ContextTest.test_our_token_contextmanager_on_exit_twice',
  ],
  'a coroutine function whose parameter default throws does so at the call': [
    'coroutines CoroutineTest.test_our_default_argument_raises',
  ],
  'asend(5) of a fresh generator is no TypeError': ['generators AsyncGenAsyncioTest.test_async_gen_asyncio_asend_02'],
  'StopAsyncIteration leaves an async generator as it is': [
    'generators AsyncGenAsyncioTest.test_our_async_gen_exception_stopasynciteration',
  ],
  'futureAddToAwaitedBy and futureDiscardFromAwaitedBy are missing': [
    'generators CallStackTestBase.test_our_future_add_to_awaited_by',
  ],
  'Context.run in its own context is no RuntimeError': ['contexts BaseTaskTests.test_our_run_in_own_context'],
};

/** `file Class.test_name` → why it fails. */
export const known: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([reason, keys]) => keys.map((key) => [key, reason])),
);
