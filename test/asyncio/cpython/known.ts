// Cases that our library does not pass yet, by what is wrong. The test of a case that is listed here fails as soon as
// the case passes, so that the list can only shrink. A key that ends in `@generator` is of that form alone.

const kinds: Readonly<Record<string, readonly string[]>> = {
  'Condition is that of 3.11: since 3.13 a cancelled waiter hands its notification on, and keeps the message': [
    'locks ConditionTests.test_cancelled_error_wakeup',
    'locks ConditionTests.test_cancelled_error_re_aquire',
    'locks ConditionTests.test_cancelled_wakeup',
  ],
  'waitFor is that of 3.11: since 3.12 it is a timeout block, so a cancellation wins and what swallows it decides': [
    'timeouts AsyncioWaitForTest.test_wait_for_cancellation_race_condition',
    'timeouts AsyncioWaitForTest.test_wait_for_self_cancellation',
    'timeouts AsyncioWaitForTest.test_our_cancel_with_result',
    'contexts BaseTaskTests.test_our_context_gather_and_wait_for',
  ],
  'TaskGroup is that of 3.11: since 3.13 it uncancels its parent, keeps an outer cancellation, closes a refused coroutine':
    [
      'taskgroups TestTaskGroup.test_coro_closed_when_tg_closed',
      'taskgroups TestTaskGroup.test_cancelling_level_preserved',
      'taskgroups TestTaskGroup.test_nested_groups_both_cancelled',
      'taskgroups TestTaskGroup.test_error_and_cancel',
    ],
  'uncancel is that of 3.11: since 3.13 it takes back a cancellation that is not delivered yet': [
    'tasks BaseTaskTests.test_uncancel_resets_must_cancel',
  ],
  'asCompleted by `for await` gives results: since 3.13 it gives the tasks, and goes on after one that failed': [
    'tasks BaseTaskTests.test_as_completed_same_tasks_in_as_out',
    'tasks BaseTaskTests.test_our_as_completed_after_failure',
  ],
  'shield is that of 3.11: since 3.14 it tells the exception handler of an error that nobody waits for': [
    'tasks BaseTaskTests.test_shield_cancel_outer_exception',
  ],
  'Loop.stop is missing': ['events BaseEventLoopTests.test_our_stop'],
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
};

/** `file Class.test_name` → why it fails. */
export const known: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([reason, keys]) => keys.map((key) => [key, reason])),
);
