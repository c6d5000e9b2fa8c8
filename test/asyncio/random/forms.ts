// The statements that random programs are made of, each in Python and TypeScript side by side.
// How a program is put together is in generate.ts, how it becomes text in emit.ts.

/**
 * One kind of statement. In the templates: `$id` is the statement's own label, `$n` its number, `$a` `$b` its numbers, `$t` a task's
 * number, `$f` a call of its first function, `$fs` calls of all of them, `$tasks` a task of each, `$block` `$other` its
 * blocks. TypeScript's `AWAIT` is `yield*` or `await`, and `FN(x)` opens a function of the form in use.
 */
export interface Form {
  /** How often it is drawn, relative to the others. */
  readonly weight: number;
  readonly python: string;
  readonly typescript: string;
  readonly a?: Draw;
  readonly b?: Draw;
  /** `new`: a number of its own; `any`: one made before; `awaitable`: one that cannot be waiting for this code. */
  readonly task?: 'new' | 'any' | 'awaitable';
  /** How many functions it calls, at most. */
  readonly functions?: number;
  readonly blocks?: 1 | 2;
  /** True where the block is a function of its own in TypeScript, so that `return` cannot leave through it. */
  readonly encloses?: true;
  /** True where nothing can follow in the same block. */
  readonly last?: true;
}

/** What a number of a statement is drawn from. */
export type Draw = readonly (number | string)[];

const delays: Draw = [0, 0, 0, 0.125, 0.25, 0.5, 0.75, 1, 1, 1.5, 2, 3];
const limits: Draw = [-1, 0, 0.125, 0.25, 0.5, 1, 1, 1.5, 2, 5];
const pick: Draw = [0, 1];
const queue: Draw = [0, 0, 1, 1, 2, 3];
const counts: Draw = [1, 2];
const truth: Draw = ['True', 'False'];
const until: Draw = ['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'];

export const forms: Readonly<Record<string, Form>> = {
  say: { weight: 6, python: 'say($id)', typescript: 'say($id);' },
  sleep: {
    weight: 14,
    a: delays,
    python: 'await asyncio.sleep($a)\nsay($id)',
    typescript: 'AWAIT sleep($a);\nsay($id);',
  },
  call: { weight: 4, functions: 1, python: 'say($id, await $f)', typescript: 'say($id, AWAIT $f);' },
  spawn: {
    weight: 8,
    functions: 1,
    task: 'new',
    python: 'tasks[$t] = asyncio.create_task($f)',
    typescript: 'tasks.set($t, createTask($f));',
  },
  awaitTask: {
    weight: 6,
    task: 'awaitable',
    python: 'if $t in tasks:\n  say($id, await tasks[$t])',
    typescript: 'if (tasks.has($t)) {\n  say($id, AWAIT tasks.get($t));\n}',
  },
  shieldTask: {
    weight: 2,
    task: 'awaitable',
    python: 'if $t in tasks:\n  say($id, await asyncio.shield(tasks[$t]))',
    typescript: 'if (tasks.has($t)) {\n  say($id, AWAIT shield(tasks.get($t)));\n}',
  },
  waitForTask: {
    weight: 2,
    task: 'awaitable',
    a: limits,
    python: 'if $t in tasks:\n  say($id, await asyncio.wait_for(tasks[$t], $a))',
    typescript: 'if (tasks.has($t)) {\n  say($id, AWAIT waitFor(tasks.get($t), $a));\n}',
  },
  cancel: { weight: 8, task: 'any', python: 'cancel($id, $t)', typescript: 'cancel($id, $t);' },
  cancelSelf: {
    weight: 1,
    python: 'asyncio.current_task().cancel($id)',
    typescript: 'currentTask().cancel($id);',
  },
  cancelLater: {
    weight: 3,
    task: 'any',
    a: delays,
    python: 'asyncio.get_running_loop().call_later($a, cancel, $id, $t)',
    typescript: 'getRunningLoop().callLater($a, cancel, $id, $t);',
  },
  sayLater: {
    weight: 1,
    a: delays,
    python: 'asyncio.get_running_loop().call_later($a, say, $id)',
    typescript: 'getRunningLoop().callLater($a, say, $id);',
  },
  saySoon: {
    weight: 1,
    python: 'asyncio.get_running_loop().call_soon(say, $id)',
    typescript: 'getRunningLoop().callSoon(say, $id);',
  },
  gather: {
    weight: 6,
    functions: 3,
    a: truth,
    python: 'say($id, await asyncio.gather($fs, return_exceptions=$a))',
    typescript: 'say($id, AWAIT gather($fs, { returnExceptions: $a }));',
  },
  wait: {
    weight: 4,
    functions: 3,
    a: limits,
    b: until,
    python: 'say($id, await waited([$tasks], $a, asyncio.$b))',
    typescript: "say($id, AWAIT waited([$tasks], $a, '$b'));",
  },
  asCompleted: {
    weight: 2,
    functions: 3,
    a: [1, 2, 5, 100],
    python: 'for finished in asyncio.as_completed([$tasks], timeout=$a):\n  say($id, await finished)',
    typescript: 'for (const finished of asCompleted([$tasks], { timeout: $a })) {\n  say($id, AWAIT finished);\n}',
  },
  waitFor: {
    weight: 5,
    functions: 1,
    a: limits,
    python: 'say($id, await asyncio.wait_for($f, $a))',
    typescript: 'say($id, AWAIT waitFor($f, $a));',
  },
  shield: {
    weight: 4,
    functions: 1,
    python: 'say($id, await asyncio.shield($f))',
    typescript: 'say($id, AWAIT shield($f));',
  },
  timeout: {
    weight: 6,
    blocks: 1,
    encloses: true,
    a: limits,
    python: 'async with asyncio.timeout($a):\n  $block',
    typescript: 'AWAIT timeout($a, FN() {\n  $block\n});',
  },
  group: {
    weight: 6,
    functions: 2,
    blocks: 1,
    encloses: true,
    python: 'async with asyncio.TaskGroup() as group:\n  for child in [$fs]:\n    group.create_task(child)\n  $block',
    typescript:
      'AWAIT taskGroup(FN(group) {\n  for (const child of [$fs]) {\n    group.createTask(child);\n  }\n  $block\n});',
  },
  tryFinally: {
    weight: 7,
    blocks: 2,
    python: 'try:\n  $block\nfinally:\n  $other',
    typescript: 'try {\n  $block\n} finally {\n  $other\n}',
  },
  catch: {
    weight: 7,
    blocks: 2,
    a: ['ValueError', 'CancelledError', 'CancelledError', 'TimeoutError', 'BaseException', 'ExceptionGroup'],
    python: 'try:\n  $block\nexcept $a as error:\n  say($id, error)\n  $other',
    typescript:
      'try {\n  $block\n} catch (error) {\n  if (!(error instanceof $a)) throw error;\n  say($id, error);\n  $other\n}',
  },
  reraise: {
    weight: 3,
    blocks: 1,
    python: 'try:\n  $block\nexcept BaseException as error:\n  say($id, error)\n  raise',
    typescript: 'try {\n  $block\n} catch (error) {\n  say($id, error);\n  throw error;\n}',
  },
  raise: { weight: 2, last: true, python: 'raise ValueError($id)', typescript: 'throw new ValueError($id);' },
  return: { weight: 2, last: true, python: 'return $id', typescript: 'return $id;' },
  repeat: {
    weight: 2,
    blocks: 1,
    python: 'for _ in range(2):\n  $block',
    typescript: 'for (let turn = 0; turn < 2; turn++) {\n  $block\n}',
  },
  lock: {
    weight: 5,
    a: pick,
    blocks: 1,
    python: 'async with locks[$a]:\n  $block',
    typescript: '{\n  using _held = AWAIT locks[$a].acquire();\n  $block\n}',
  },
  semaphore: {
    weight: 3,
    blocks: 1,
    python: 'async with permits:\n  $block',
    typescript: '{\n  using _permit = AWAIT permits.acquire();\n  $block\n}',
  },
  put: { weight: 4, a: queue, python: 'await queues[$a].put($id)', typescript: 'AWAIT queues[$a].put($id);' },
  get: {
    weight: 4,
    a: queue,
    python: 'say($id, await queues[$a].get())',
    typescript: 'say($id, AWAIT queues[$a].get());',
  },
  putNow: { weight: 2, a: queue, python: 'put_now($id, queues[$a])', typescript: 'putNow($id, queues[$a]);' },
  getNow: { weight: 2, a: queue, python: 'get_now($id, queues[$a])', typescript: 'getNow($id, queues[$a]);' },
  taskDone: { weight: 1, a: queue, python: 'queues[$a].task_done()', typescript: 'queues[$a].taskDone();' },
  join: { weight: 1, a: queue, python: 'await queues[$a].join()', typescript: 'AWAIT queues[$a].join();' },
  eventSet: { weight: 3, python: 'event.set()', typescript: 'event.set();' },
  eventClear: { weight: 1, python: 'event.clear()', typescript: 'event.clear();' },
  eventWait: { weight: 2, python: 'say($id, await event.wait())', typescript: 'say($id, AWAIT event.wait());' },
  conditionWait: {
    weight: 2,
    python: 'async with condition:\n  say($id, await condition.wait())',
    typescript: '{\n  using _held = AWAIT condition.acquire();\n  say($id, AWAIT condition.wait());\n}',
  },
  conditionNotify: {
    weight: 2,
    a: counts,
    python: 'async with condition:\n  condition.notify($a)',
    typescript: '{\n  using _held = AWAIT condition.acquire();\n  condition.notify($a);\n}',
  },
  groupChild: {
    weight: 5,
    functions: 1,
    task: 'new',
    blocks: 1,
    encloses: true,
    python: 'async with asyncio.TaskGroup() as group:\n  tasks[$t] = group.create_task($f)\n  $block',
    typescript: 'AWAIT taskGroup(FN(group) {\n  tasks.set($t, group.createTask($f));\n  $block\n});',
  },
  moved: {
    weight: 3,
    blocks: 1,
    encloses: true,
    a: limits,
    b: limits,
    python:
      'async with asyncio.timeout($a) as scope$n:\n  scope$n.reschedule(asyncio.get_running_loop().time() + $b)\n  $block\nsay($id, scope$n.expired())',
    typescript:
      'say($id, (AWAIT timeout($a, FN(scope$n) {\n  scope$n.reschedule(getRunningLoop().time() + $b);\n  $block\n  return scope$n;\n})).expired());',
  },
  lockInTime: {
    weight: 3,
    a: pick,
    b: limits,
    blocks: 1,
    python: 'await asyncio.wait_for(locks[$a].acquire(), $b)\ntry:\n  $block\nfinally:\n  locks[$a].release()',
    typescript: 'AWAIT waitFor(locks[$a].acquire(), $b);\ntry {\n  $block\n} finally {\n  locks[$a].release();\n}',
  },
  getInTime: {
    weight: 3,
    a: queue,
    b: limits,
    python: 'say($id, await asyncio.wait_for(queues[$a].get(), $b))',
    typescript: 'say($id, AWAIT waitFor(queues[$a].get(), $b));',
  },
  gatherTask: {
    weight: 3,
    task: 'awaitable',
    functions: 2,
    a: truth,
    python: 'if $t in tasks:\n  say($id, await asyncio.gather(tasks[$t], $fs, return_exceptions=$a))',
    typescript: 'if (tasks.has($t)) {\n  say($id, AWAIT gather(tasks.get($t), $fs, { returnExceptions: $a }));\n}',
  },
  waitTask: {
    weight: 3,
    task: 'awaitable',
    functions: 2,
    a: limits,
    b: until,
    python: 'if $t in tasks:\n  say($id, await waited([tasks[$t], $tasks], $a, asyncio.$b))',
    typescript: "if (tasks.has($t)) {\n  say($id, AWAIT waited([tasks.get($t), $tasks], $a, '$b'));\n}",
  },
  shieldInTime: {
    weight: 2,
    task: 'awaitable',
    a: limits,
    python: 'if $t in tasks:\n  say($id, await asyncio.wait_for(asyncio.shield(tasks[$t]), $a))',
    typescript: 'if (tasks.has($t)) {\n  say($id, AWAIT waitFor(shield(tasks.get($t)), $a));\n}',
  },
  iterate: {
    weight: 4,
    a: delays,
    blocks: 1,
    python:
      'stream$n = ticks($id, $a)\ntry:\n  say($id, await following(stream$n))\n  $block\n  say($id, await following(stream$n))\nfinally:\n  await stream$n.aclose()',
    typescript:
      'const stream$n = ticks($id, $a);\ntry {\n  say($id, AWAIT following(stream$n));\n  $block\n  say($id, AWAIT following(stream$n));\n} finally {\n  AWAIT stream$n.return();\n}',
  },
  barrierReset: { weight: 1, python: 'await barrier.reset()', typescript: 'AWAIT barrier.reset();' },
  barrierAbort: { weight: 1, python: 'await barrier.abort()', typescript: 'AWAIT barrier.abort();' },
  waitAll: {
    weight: 0,
    python: 'if tasks:\n  await asyncio.wait(tasks.values(), timeout=$a)',
    typescript: 'if (tasks.size > 0) {\n  AWAIT wait(tasks.values(), { timeout: $a });\n}',
  },
  watch: { weight: 3, task: 'any', python: 'watch($id, $t)', typescript: 'watch($id, $t);' },
  look: { weight: 3, task: 'any', python: 'look($id, $t)', typescript: 'look($id, $t);' },
  conditionWaitFor: {
    weight: 2,
    python: 'async with condition:\n  say($id, await condition.wait_for(event.is_set))',
    typescript:
      '{\n  using _held = AWAIT condition.acquire();\n  say($id, AWAIT condition.waitFor(() => event.isSet()));\n}',
  },
  barrier: { weight: 1, python: 'say($id, await barrier.wait())', typescript: 'say($id, AWAIT barrier.wait());' },
  variableSet: { weight: 1, python: 'variable.set($id)', typescript: 'variable.set($id);' },
  variableGet: { weight: 1, python: 'say($id, variable.get())', typescript: 'say($id, variable.get());' },
  cancelling: {
    weight: 2,
    python: 'say($id, asyncio.current_task().cancelling())',
    typescript: 'say($id, currentTask().cancelling());',
  },
  uncancel: {
    weight: 1,
    python: 'say($id, asyncio.current_task().uncancel())',
    typescript: 'say($id, currentTask().uncancel());',
  },
};
