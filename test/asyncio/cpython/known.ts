// Cases that our library does not pass yet, by what is wrong. The test of a case that is listed here fails as soon as
// the case passes, so that the list can only shrink. A key that ends in `@generator` is of that form alone.

const kinds: Readonly<Record<string, readonly string[]>> = {
  'TaskGroup is that of 3.11: since 3.13 it uncancels its parent, keeps an outer cancellation, closes a refused coroutine':
    [],
  'run and Runner.run are those of 3.11: since 3.14 they take any awaitable, and refuse anything else with a TypeError':
    [],
};

/** `file Class.test_name` → why it fails. */
export const known: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([reason, keys]) => keys.map((key) => [key, reason])),
);
