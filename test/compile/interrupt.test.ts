// The interrupt checks: every loop stops, finally blocks run, and a second interrupt stops those too.

import { describe, expect, test } from '@jest/globals';
import { createNotebook } from './notebook.ts';

const LOOPS: readonly string[] = [
  'for (;;) { strike() }',
  'for (;;) strike()',
  'for (;;) if (1) strike(); else strike()',
  'while (true) { strike() }',
  'while (true) strike()',
  'while (strike());',
  'do { strike() } while (true)',
  'do strike(); while (true)',
  'for (const x of forever()) { strike() }',
  'for (const x of forever()) strike()',
  'for (const x of forever()) for (const k in { a: 1, b: 2 }) strike()',
  'const many = {}; for (let i = 0; i < 9; i++) many[i] = i; for (const k in many) { strike() } throw new Error("too far")',
  'a: b: for (;;) { strike(); continue a }',
  'for await (const x of forever()) { strike() }',
  'for await (const x of forever()) strike()',
  'function f() { while (true) { strike() } } f()',
  'const f = () => { for (;;) strike() }; f()',
  'const o = { m() { for (;;) strike() } }; o.m()',
  'class A { static { for (;;) strike() } }',
  'class A { x = (() => { for (;;) strike() })() } new A()',
  'await (async () => { for (;;) { strike(); await 0 } })()',
  'await (async () => { strike(); await 0; throw new Error("too far") })()',
  'await (async () => { for await (const x of forever()) { strike() } })()',
  'namespace N { for (;;) strike() }',
  'import { coroutine } from "cokernel"; await coroutine(async () => { for (;;) { strike() } })()',
  'import { coroutine } from "cokernel"; await coroutine(async () => { for await (const x of forever()) strike() })()',
];

function notebook() {
  const made = createNotebook();
  let turns = 0;
  made.global.strike = () => {
    made.stop[0] = 1;
    if (++turns > 100) throw new Error('no check stopped the loop');
    return true;
  };
  made.global.forever = function* () {
    for (;;) yield 1;
  };
  return made;
}

describe('loops', () => {
  test.each(LOOPS)('%s', async (source) => {
    const { attempt } = notebook();
    expect((await attempt(source)).error).toHaveProperty('message', 'KeyboardInterrupt');
  });

  test('a finally block runs around a loop, and its own loops go on', async () => {
    const { attempt, run } = notebook();
    const { error } = await attempt(
      'let log = ""; try { for (;;) strike() } finally { for (const x of [1, 2]) log += x }',
    );
    expect(error).toHaveProperty('message', 'KeyboardInterrupt');
    expect(await run('log')).toBe('12');
  });

  test('loops in a finally block stop only at a second interrupt', async () => {
    const { attempt, stop, global } = notebook();
    global.again = () => {
      stop[0] = 2;
    };
    const { error } = await attempt(
      'try { for (;;) strike() } finally { let n = 0; for (;;) { again(); if (n++ > 9) throw new Error("no check") } }',
    );
    expect(error).toHaveProperty('message', 'KeyboardInterrupt');
  });
});
