// Loops that V8 has optimised: their check is folded away there, and an interrupt has to bring it back.

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Exchange, type KernelProcess, startKernelProcess, textOf } from '../../client.ts';

let kernel: KernelProcess;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-loops-')));

/**
 * Says that it is stuck in its 20 millionth iteration. It said something twice before: V8 throws away optimised code that
 * comes to a place for the first time, so what is stuck is code that was optimised knowing all of it.
 */
const TURN = 'if (++turns % 5_000_000 === 0) console.log(turns > 17_000_000 ? "stuck" : "warm");';

beforeAll(async () => {
  writeFileSync(join(folder, 'spin.ts'), `export function spin() { let turns: number = 0; for (;;) { ${TURN} } }`);
  writeFileSync(join(folder, 'spin.cjs'), `exports.spin = () => { let turns = 0; for (;;) { ${TURN} } };`);
  writeFileSync(
    join(folder, 'waits.ts'),
    `export async function waits() { let turns = 0; for (;;) { await null; ${TURN.replaceAll('5_000_000', '5_000').replace('17_000_000', '17_000')} } }`,
  );
  kernel = await startKernelProcess({ cwd: folder });
  await kernel.client.execute(`
    import { coroutine, sleep, createTask } from 'cokernel';
    function earlier() { let turns = 0; for (;;) { ${TURN} } }
  `);
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

async function interrupted(code: string): Promise<Exchange> {
  const { client } = kernel;
  const id = client.send('execute_request', { code });
  await client.until(
    ({ header, parent_header, content }) =>
      parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes('stuck'),
    30_000,
  );
  client.send('interrupt_request', {}, { channel: 'control' });
  return client.finished(id);
}

const LOOPS: Readonly<Record<string, string>> = {
  'at the top of a cell': `let turns = 0; for (;;) { ${TURN} }`,
  'in a function': `(() => { let turns = 0; while (true) { ${TURN} } })()`,
  'in a function of an earlier cell': 'earlier()',
  'with do and while': `(() => { let turns = 0; do { ${TURN} } while (true) })()`,
  'with a labelled continue': `(() => { let turns = 0; outer: for (;;) { for (;;) { ${TURN} continue outer; } } })()`,
  'over an array, in a loop': `(() => {
    const numbers = new Float64Array(1000);
    let turns = 0, sum = 0;
    for (;;) for (let i = 0; i < numbers.length; i++) { ${TURN} sum += numbers[i]!; }
  })()`,
  'over what has an iterator': `(() => {
    let turns = 0;
    for (;;) for (const word of ['a', 'b', 'c']) { ${TURN} }
  })()`,
  'over keys': `(() => { let turns = 0; for (;;) for (const key in { a: 1, b: 2 }) { ${TURN} } })()`,
  'in a generator': `(function* () { let turns = 0; for (;;) { ${TURN} if (turns < 0) yield; } })().next()`,
  'in a method': `class Spinner { #turns = 0; spin() { let turns = 0; for (;;) { ${TURN} } } } new Spinner().spin()`,
  'in a coroutine, after an await': `await coroutine(async () => {
    await sleep(0.001);
    let turns = 0;
    for (;;) { ${TURN} }
  })()`,
  'in an async function, after an await': `await (async () => {
    await null;
    let turns = 0;
    for (;;) { ${TURN} }
  })()`,
  'in a file beside the notebook': "const { spin } = await import('./spin.ts'); spin()",
  'in a CommonJS file': "require('./spin.cjs').spin()",
  'of awaits in a file': "const { waits } = await import('./waits.ts'); await waits()",
  'in a callback': `[1].forEach(() => { let turns = 0; for (;;) { ${TURN} } })`,
  'with names of the language declared anew': `(() => {
    const [globalThis, Object, Reflect, Symbol] = [1, 2, 3, 4];
    let turns = 0;
    for (;;) { ${TURN} }
  })()`,
  "with the flag's own name declared anew": `((__cokernel_stop: number) => { let turns = 0; for (;;) { ${TURN} } })(0)`,
};

test.each(Object.entries(LOOPS))(
  'an optimised loop %s throws what catch and finally see, each time',
  async (_, loop) => {
    for (let round = 0; round < 2; round++) {
      const { reply, outputs } = await interrupted(
        `try { ${loop} } catch (error) { console.log('caught', error.name); throw error } finally { console.log('tidied') }`,
      );
      expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
      expect(textOf(outputs)).toMatch(/caught KeyboardInterrupt\ntidied\n$/);
    }
  },
  60_000,
);

/** The first compiles; what is optimised stays so in those that follow. Each takes a second. */
const ROUNDS = process.env.COKERNEL_LONG ? 10 : 3;

test('an optimised loop in a finally block goes on, stops at a second interrupt, and the next cell is not interrupted', async () => {
  const { client } = kernel;
  const code = `(() => {
    let turns = 0;
    try { for (;;) { ${TURN} } } finally { turns = 0; for (;;) { ${TURN.replace('stuck', 'held')} } }
  })()`;
  for (let round = 0; round < ROUNDS; round++) {
    const id = client.send('execute_request', { code });
    const said = (text: string) =>
      client.until(
        ({ parent_header, header, content }) =>
          parent_header.msg_id === id && header.msg_type === 'stream' && content.text.includes(text),
        30_000,
      );
    await said('stuck');
    client.send('interrupt_request', {}, { channel: 'control' });
    await said('held');
    // Sooner, it would be the same press.
    await delay(600);
    client.send('interrupt_request', {}, { channel: 'control' });
    expect((await client.finished(id)).reply.content.ename).toBe('KeyboardInterrupt');
    expect((await client.execute('0')).reply.content.status).toBe('ok');
  }
}, 60_000);

test('the flag is no name that a cell can declare, and is down after an interrupt', async () => {
  const { reply } = await kernel.client.execute('let __cokernel_stop = 1;');
  expect(reply.content).toMatchObject({
    ename: 'SyntaxError',
    evalue: "'__cokernel_stop' cannot be declared: the kernel keeps that name",
  });
  const { outputs } = await kernel.client.execute("console.log(Reflect.get(globalThis, '__cokernel_stop'))");
  expect(textOf(outputs)).toBe('0\n');
});
