// Breakpoints over the wire: where they come to lie, when they stop the program, and what they cost a Run all.

import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { cleanUp, textOf } from '../client.ts';
import { type Debugging, debugging } from './debugger.ts';

let on: Debugging;

beforeEach(async () => {
  on = await debugging();
});
afterEach(async () => {
  await on.kernel.stop();
});
afterAll(cleanUp);

const LOOP = `let sum = 0;
for (let i = 0; i < 3; i++) {
  sum += i;
}
sum`;

test('a breakpoint that is set before its cell runs stops there, and the cell goes on to its end', async () => {
  expect(await on.breakAt(LOOP, 5)).toEqual([5]);
  const run = on.run(LOOP);
  const { reason, stack } = await on.stopped();
  expect({ reason, stack }).toEqual({ reason: 'breakpoint', stack: ['Cell [1]:5'] });
  await on.go();
  const { reply, outputs } = await run;
  expect(reply.content.status).toBe('ok');
  expect(outputs.at(-1)?.content.data['text/plain']).toBe('3');
  expect(on.events()).toEqual(['initialized', 'stopped', 'continued']);
});

test('a breakpoint that is set after its cell ran stops in a function of it', async () => {
  const code = 'function twice(n: number): number {\n  const two = 2;\n  return n * two;\n}';
  await on.run(code);
  expect(await on.breakAt(code, 3)).toEqual([3]);
  const run = on.run('twice(21)');
  const { stack, frames } = await on.stopped();
  expect(stack).toEqual(['twice:3', 'Cell [2]:1']);
  expect(frames[0]?.source?.name).toBe('Cell [1]');
  await on.go();
  expect((await run).outputs.at(-1)?.content.data['text/plain']).toBe('42');
});

test('after an edit the breakpoints of the new text stop, and those of the old text do where it still runs', async () => {
  const old = 'function f() {\n  return 1;\n}';
  const edited = 'function f() {\n  const n = 2;\n  return n;\n}';
  await on.run(`${old}\nconst before = f;`);
  await on.breakAt(`${old}\nconst before = f;`, 2);
  await on.breakAt(edited, 3);
  await on.run(edited);
  const run = on.run('[f(), before()]');
  expect((await on.stopped()).stack).toEqual(['f:3', 'Cell [3]:1']);
  await on.go();
  expect((await on.stopped()).stack).toEqual(['f:2', 'Cell [3]:1']);
  await on.go();
  await run;
});

test('cells that are not counted have one name, and each runs to its end', async () => {
  for (const code of ['1', '2', '3']) {
    const { reply } = await on.kernel.client.execute(code, { store_history: false });
    expect(reply.content.status).toBe('ok');
  }
  expect(textOf((await on.run('console.log("next")')).outputs)).toBe('next\n');
});

test('on a blank line, a comment or a type a breakpoint moves to the next code, and the answer says so', async () => {
  const code = [
    'interface Point {',
    '  x: number;',
    '}',
    '',
    '// Where it begins.',
    'const start: Point = { x: 1 };',
    'type Pair = [Point, Point];',
    'const pair: Pair = [start, start];',
  ].join('\n');
  expect(await on.breakAt(code, 1, 2, 4, 5, 7)).toEqual([6, 6, 6, 6, 8]);
  const run = on.run(code);
  expect((await on.stopped()).stack).toEqual(['Cell [1]:6']);
  await on.go();
  expect((await on.stopped()).stack).toEqual(['Cell [1]:8']);
  await on.go();
  await run;
});

test('a line below which there is no code is not verified', async () => {
  const { sourcePath } = await on.body('dumpCell', { code: 'const a = 1;\n\n' });
  const answer = await on.body('setBreakpoints', { source: { path: sourcePath }, breakpoints: [{ line: 3 }] });
  expect(answer.breakpoints).toMatchObject([{ verified: false, line: 3 }]);
});

test('a condition is TypeScript and sees locals and the names of the notebook; a count and a log line work too', async () => {
  const code = `const limit = 2;
const seen = [];
for (let i = 0; i < 5; i++) {
  seen.push(i);
}
function log(n: number) {
  return n + 1;
}
for (let n = 0; n < 4; n++) log(n);`;
  await on.breakAt(
    code,
    { line: 4, condition: '(i as number) === limit' },
    { line: 7, logMessage: 'n is {n} of {limit + 2}' },
  );
  const run = on.run(code);
  const stopped = await on.stopped();
  expect(await on.scope(stopped.frames[0], 'Local')).toContain('i = 2');
  await on.go();
  const { reply, outputs } = await run;
  expect(reply.content.status).toBe('ok');
  expect(textOf(outputs)).toBe('n is 0 of 4\nn is 1 of 4\nn is 2 of 4\nn is 3 of 4\n');
  await on.breakAt(LOOP, { line: 3, hitCondition: '>= 3' });
  const counted = on.run(LOOP);
  expect(await on.scope((await on.stopped()).frames[0], 'Local')).toContain('i = 2');
  await on.go();
  await counted;
});

test('a condition, a count or a log line that is none makes a breakpoint that is not verified, and says why', async () => {
  const { sourcePath } = await on.body('dumpCell', { code: LOOP });
  const said = async (texts: object) => {
    const breakpoints = [{ line: 3, ...texts }];
    const answer = await on.body('setBreakpoints', { source: { path: sourcePath }, breakpoints });
    return answer.breakpoints[0];
  };
  expect(await said({ condition: 'if (' })).toMatchObject({
    verified: false,
    message: expect.stringContaining('Syntax'),
  });
  expect((await said({ condition: 'while (true);' })).verified).toBe(false);
  expect((await said({ condition: 'await i' })).message).toContain('`await` needs the program to go on');
  expect((await said({ hitCondition: 'often' })).message).toContain('A count such as 5, >= 5 or % 5 was expected');
  expect((await said({ logMessage: '{await i}' })).verified).toBe(false);
  expect((await on.run(LOOP)).reply.content.status).toBe('ok');
  expect(await said({ condition: ' ' })).toMatchObject({ verified: true });
  expect(await said({ condition: 'i === 9 // never' })).toMatchObject({ verified: true });
  expect((await on.run(LOOP)).reply.content.status).toBe('ok');
  expect(on.events()).toEqual(['initialized']);
});

test('a condition or a log line that throws stops nothing, and is told once under the cell', async () => {
  await on.breakAt(LOOP, { line: 3, condition: 'nope.x' }, { line: 5, logMessage: 'is {gone}' });
  const { reply, outputs } = await on.run(LOOP);
  expect(reply.content.status).toBe('ok');
  expect(textOf(outputs, 'stderr')).toBe(
    'The condition of the breakpoint at Cell [1]:3 threw ReferenceError: nope is not defined\n' +
      'The log line of the breakpoint at Cell [1]:5 threw ReferenceError: gone is not defined\n',
  );
});

test('braces of a log line may hold braces, and those that hold no expression stand for themselves', async () => {
  const code = 'const v = 7;\nv';
  const lines = ['{', '{}', '{ v', `\`$${'{v}'}\` \\ "q"`, '{({ a: v }).a} {"}"}', '{v; 1}', '{v /* c */}'];
  const printed: string[] = [];
  for (const logMessage of lines) {
    await on.breakAt(code, { line: 2, logMessage });
    printed.push(textOf((await on.run(code)).outputs));
  }
  expect(printed).toEqual(['{\n', '{}\n', '{ v\n', '`$7` \\ "q"\n', '7 }\n', '{v; 1}\n', '7\n']);
});

test('Run all stops in a later cell, and each output is under its own cell', async () => {
  const cells = ['console.log("one"); 1', 'console.log("two");\n2', 'console.log("three"); 3'];
  await on.breakAt(cells[1] as string, 2);
  const runs = cells.map((code) => on.run(code));
  const { frames } = await on.stopped();
  expect(frames[0]?.source?.name).toBe('Cell [2]');
  await on.go();
  const done = await Promise.all(runs);
  expect(done.map(({ outputs }) => textOf(outputs))).toEqual(['one\n', 'two\n', 'three\n']);
  expect(done.map(({ outputs }) => outputs.at(-1)?.content.data['text/plain'])).toEqual(['1', '2', '3']);
});

test('breakpoints that were taken away stop nothing', async () => {
  await on.breakAt(LOOP, 5);
  await on.breakAt(LOOP);
  expect((await on.run(LOOP)).reply.content.status).toBe('ok');
  expect(on.events()).toEqual(['initialized']);
  expect((await on.body('debugInfo')).breakpoints).toEqual([]);
});

test('`debugger` stops where the debugger is on, and is passed over where it is off', async () => {
  const code = 'const x = 1;\ndebugger;\nx';
  const run = on.run(code);
  expect((await on.stopped()).stack).toEqual(['Cell [1]:2']);
  await on.go();
  await run;
  await on.body('disconnect', {});
  const { reply } = await on.run(code);
  expect(reply.content.status).toBe('ok');
  expect(on.events()).toEqual(['initialized', 'stopped', 'continued', 'terminated']);
});
