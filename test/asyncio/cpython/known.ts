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
};

/** `file Class.test_name` → why it fails. */
export const known: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([reason, keys]) => keys.map((key) => [key, reason])),
);
