// Cases that our library does not pass yet, by what is wrong. The test of a case that is listed here fails as soon as
// the case passes, so that the list can only shrink. A key that ends in `@generator` is of that form alone.

const kinds: Readonly<Record<string, readonly string[]>> = {
  'Condition is that of 3.11: since 3.13 a cancelled waiter hands its notification on, and keeps the message': [
    'locks ConditionTests.test_cancelled_error_wakeup',
    'locks ConditionTests.test_cancelled_error_re_aquire',
    'locks ConditionTests.test_cancelled_wakeup',
  ],
  'the message of Barrier(0) is that of 3.11': ['locks BarrierTests.test_barrier_parties'],
  'Loop.runInExecutor is missing': [
    'threads EventLoopTestsMixin.test_run_in_executor',
    'threads EventLoopTestsMixin.test_run_in_executor_exception',
    'threads EventLoopTestsMixin.test_run_in_executor_cancel',
  ],
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
    'timeouts TimeoutTests.test_timeout_already_entered',
  ],
  'waitFor is that of 3.11: since 3.12 it is a timeout block, so a cancellation wins and what swallows it decides': [
    'timeouts AsyncioWaitForTest.test_wait_for_cancellation_race_condition',
    'timeouts AsyncioWaitForTest.test_wait_for_self_cancellation',
    'timeouts AsyncioWaitForTest.test_cancel_with_result',
  ],
  'the repr of a future lacks its callbacks (`cb=[…]`)': [
    'futures BaseFutureTests.test_future_repr_callbacks',
    'futures FutureTests.test_await_from_two_tasks',
  ],
  'wrapFuture is missing': ['futures BaseFutureTests.test_wrap_future_future'],
  'the context of an exception handler lacks the handle': [
    'futures BaseFutureDoneCallbackTests.test_callback_raises',
    'tasks BaseTaskTests.test_error_in_call_soon',
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
    'tasks BaseTaskTests.test_as_completed_after_failure',
  ],
  'the message of asCompleted(future) is that of 3.11': ['tasks BaseTaskTests.test_as_completed_invalid_args'],
  'Task.getContext is missing': ['tasks BaseTaskTests.test_get_context'],
  'Task.printStack is missing': ['tasks BaseTaskTests.test_print_stack'],
  'shield is that of 3.11: since 3.14 it tells the exception handler of an error that nobody waits for': [
    'tasks ShieldTests.test_shield_cancel_outer_exception',
  ],
  'gather takes futures of two loops': ['tasks FutureGatherTests.test_constructor_heterogenous_futures'],
  'sleep(NaN) throws at the call and not at the await': ['tasks SleepTests.test_sleep_nan'],
};

/** `file Class.test_name` → why it fails. */
export const known: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([reason, keys]) => keys.map((key) => [key, reason])),
);
