// Programs that read process.stdin, through a real kernel: each line is requested from the front end.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cleanUp, type KernelProcess, startKernelProcess, textOf } from '../../client.ts';

let kernel: KernelProcess;
const answers: string[] = [];
let asked = 0;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  kernel.client.onInput(() => {
    asked += 1;
    return answers.shift() ?? 'nobody should have asked';
  });
  await kernel.client.execute(
    "import rl from 'node:readline/promises'; import { createInterface } from 'node:readline'",
  );
});

afterAll(async () => {
  await kernel.stop();
  cleanUp();
});

async function shown(code: string, lines: readonly string[], allow = true) {
  answers.splice(0, answers.length, ...lines);
  asked = 0;
  const { reply, outputs } = await kernel.client.execute(code, { allow_stdin: allow });
  const { status, ename, evalue } = reply.content;
  const result = outputs.find(({ header }) => header.msg_type === 'execute_result')?.content.data['text/plain'];
  return { asked, printed: textOf(outputs), shown: status === 'ok' ? result : `${ename}: ${evalue}` };
}

const reader = 'rl.createInterface({ input: process.stdin, output: process.stdout })';

test('readline asks its questions and no others', async () => {
  const code = `const r = ${reader}; const a = await r.question('a? '); const b = await r.question('b? '); r.close(); a + b`;
  expect(await shown(code, ['1', '2'])).toEqual({ asked: 2, printed: 'a? b? ', shown: "'12'" });
});

test('a reader that is kept asks in a later cell, but only in a cell that uses it', async () => {
  expect(await shown(`const kept = ${reader}; await kept.question('x? ')`, ['1'])).toMatchObject({
    asked: 1,
    shown: "'1'",
  });
  expect(await shown("await new Promise((r) => setTimeout(r, 100, 'calm'))", [])).toMatchObject({
    asked: 0,
    shown: "'calm'",
  });
  expect(await shown("await kept.question('y? ')", ['2'])).toMatchObject({ asked: 1, shown: "'2'" });
  expect(await shown('kept.close()', [])).toMatchObject({ asked: 0 });
});

test('lines are read one by one until nobody wants another', async () => {
  const code =
    "for await (const line of createInterface(process.stdin)) { console.log('got', line); if (line === 'q') break }";
  expect(await shown(code, ['a', 'q'])).toEqual({ asked: 2, printed: 'got a\ngot q\n', shown: undefined });
});

test('if the front end accepts no input, the cell fails instead of waiting for ever', async () => {
  expect((await shown(`const no = ${reader}; await no.question('? ')`, [], false)).shown).toMatch(
    /^StdinNotImplementedError: .*allow_stdin/,
  );
  expect(await shown("no.close(); await Promise.resolve('on')", [], false)).toMatchObject({ shown: "'on'" });
});
