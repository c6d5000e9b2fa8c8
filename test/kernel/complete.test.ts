import { afterEach, expect, test } from '@jest/globals';
import type { Diagnostic, Language } from '../../kernel/language/language.ts';
import { psEntries } from '../../kernel/process/taken.ts';
import { type FakeKernel, startFake } from './fake.ts';

let fake: FakeKernel;
afterEach(() => fake.close());

const complete = async (code: string, cursor_pos?: number) =>
  (await fake.client.request('complete_request', { code, cursor_pos })).reply.content;

test('without a language service completion offers the names of the running program, in code points', async () => {
  fake = await startFake();
  const keys = [
    { name: 'hello', kind: 'function' },
    { name: 'help', kind: 'function' },
    { name: 'other', kind: 'instance' },
    { name: 'not a name', kind: 'instance' },
  ];
  fake.live = { type: 'live_answer', id: 1, keys };
  const answer = await complete('"🙂🙂"; hel + 1', 8);
  expect(answer).toMatchObject({ status: 'ok', matches: ['hello', 'help'], cursor_start: 6, cursor_end: 8 });
  fake.live = undefined;
  expect(await complete('hel')).toEqual({ status: 'ok', matches: [], cursor_start: 0, cursor_end: 3, metadata: {} });
});

test('a cursor that lies in the code only in UTF-16 units is taken for such, and so is answered', async () => {
  const code = "'😀😀'; hel";
  const points = [...code].length;
  expect([points, code.length]).toEqual([9, 11]);
  fake = await startFake();
  const at = (cursor_pos: number) => complete(code, cursor_pos);
  fake.live = { type: 'live_answer', id: 1, keys: [{ name: 'hello', kind: 'function' }] };
  // Before the client is known to count otherwise, the protocol holds.
  expect(await at(points)).toMatchObject({ matches: ['hello'], cursor_start: 6, cursor_end: 9 });
  expect(await at(code.length)).toMatchObject({ matches: ['hello'], cursor_start: 8, cursor_end: 11 });
  // Now it is: the same number is another place.
  expect(await at(9)).toMatchObject({ cursor_start: 8, cursor_end: 9 });
  expect(await at(code.length + 1)).toMatchObject({ matches: [], cursor_start: 0, cursor_end: 0 });
});

test('without a language service a cursor outside the code gets an empty answer', async () => {
  fake = await startFake();
  fake.live = { type: 'live_answer', id: 1, text: 'x', keys: [{ name: 'hello', kind: 'function' }] };
  const nothing = { status: 'ok', matches: [], cursor_start: 0, cursor_end: 0, metadata: {} };
  for (const cursor_pos of [-1, 4, 1e9]) {
    expect(await complete('hel', cursor_pos)).toEqual(nothing);
    const { reply } = await fake.client.request('inspect_request', { code: 'hel', cursor_pos });
    expect(reply.content).toEqual({ status: 'ok', found: false, data: {}, metadata: {} });
  }
});

test('without a language service inspection describes the live value, and finds nothing where none is', async () => {
  fake = await startFake();
  fake.live = { type: 'live_answer', id: 1, text: 'function hello()' };
  const inspect = async (code: string, cursor_pos: number) =>
    (await fake.client.request('inspect_request', { code, cursor_pos, detail_level: 0 })).reply.content;
  const found = { status: 'ok', found: true, data: { 'text/plain': 'function hello()' }, metadata: {} };
  expect(await inspect('hello(1)', 2)).toEqual(found);
  fake.live = undefined;
  expect(await inspect('hello', 2)).toEqual({ status: 'ok', found: false, data: {}, metadata: {} });
  expect(await inspect('   ', 1)).toMatchObject({ found: false });
});

test('the language service is told of the cells that ran before its first request, and its answers are passed on', async () => {
  const ran: string[] = [];
  const item = { start: 0, end: 1, text: 'abc', type: 'function', signature: '(): void' };
  const language: Language = {
    mode: 'off',
    complete: async (_code, cursor) => ({ matches: ['abc'], cursorStart: 0, cursorEnd: cursor, types: [item] }),
    inspect: async (_code, _cursor, detail) => ({
      found: true,
      data: { 'text/plain': `detail ${detail}` },
      metadata: {},
    }),
    diagnose: async () => [],
    cellRan: ({ count, source, ok }) => void ran.push(`${count} ${source} ${ok}`),
    forget: () => void ran.push('forget'),
    close: async () => void ran.push('close'),
  };
  fake = await startFake({ language });
  await fake.client.execute('one');
  const metadata = { _jupyter_types_experimental: [item] };
  expect(await complete('a', 1)).toEqual({ status: 'ok', matches: ['abc'], cursor_start: 0, cursor_end: 1, metadata });
  await fake.client.execute('two');
  const { reply } = await fake.client.request('inspect_request', { code: 'a', cursor_pos: 1, detail_level: 1 });
  expect(reply.content).toMatchObject({ found: true, data: { 'text/plain': 'detail 1' } });
  fake.kernel.cellsRestarted();
  expect(ran).toEqual(['1 one true', '2 two true', 'forget']);
});

test('with diagnostics off no cell loads the language service, and the first completion does', async () => {
  const ran: string[] = [];
  const language: Language = {
    mode: 'off',
    complete: async () => ({ matches: [], cursorStart: 0, cursorEnd: 0, types: [] }),
    inspect: async () => ({ found: false, data: {}, metadata: {} }),
    diagnose: async () => [],
    cellRan: ({ source }) => void ran.push(source),
    forget() {},
    close: async () => {},
  };
  fake = await startFake({ language, diagnostics: 'off' });
  await fake.client.execute('one');
  expect(ran).toEqual([]);
  await complete('a', 1);
  expect(ran).toEqual(['one']);
});

test('is_complete passes on what the parser says', async () => {
  fake = await startFake();
  const ask = async (code: string) => (await fake.client.request('is_complete_request', { code })).reply.content;
  expect(await ask('x')).toEqual({ status: 'complete' });
  expect(await ask('{')).toEqual({ status: 'incomplete', indent: '  ' });
  expect(await ask('!')).toEqual({ status: 'invalid' });
});

test('type errors delay neither the cell’s reply nor the next cell, and are published before its idle', async () => {
  let told: (found: readonly Diagnostic[]) => void = () => {};
  const language: Language = {
    mode: 'warn',
    complete: async () => ({ matches: [], cursorStart: 0, cursorEnd: 0, types: [] }),
    inspect: async () => ({ found: false, data: {}, metadata: {} }),
    diagnose: (count) =>
      count > 1
        ? Promise.resolve([])
        : new Promise((resolve) => {
            told = resolve;
          }),
    cellRan() {},
    forget() {},
    close: async () => {},
  };
  fake = await startFake({ language });
  fake.scripts.set('second', () => {
    told([{ code: 2322, line: 1, column: 1, severity: 'error', message: 'm', text: 'the warning' }]);
    return { status: 'ok', expressions: {} };
  });
  const [first, second] = ['first', 'second'].map((code) => fake.client.send('execute_request', { code }));
  await fake.client.finished(second as string);
  const { iopub } = await fake.client.finished(first as string);
  const said = iopub.map(({ header, content }) => content.execution_state ?? content.text ?? header.msg_type);
  expect(said).toEqual(['busy', 'execute_input', 'the warning\n', 'idle']);
});

test('usage_request tells what the kernel and all that it started take', async () => {
  fake = await startFake();
  const ask = async () => (await fake.client.request('usage_request', {}, { channel: 'control' })).reply;
  const { header, content } = await ask();
  expect(header.msg_type).toBe('usage_reply');
  expect(content).toMatchObject({ status: 'ok', pid: process.pid, hostname: expect.any(String) });
  expect(content.kernel_memory).toBeGreaterThanOrEqual(process.memoryUsage.rss() / 2);
  const { total, available, used, percent } = content.host_virtual_memory;
  expect([used, Math.round(percent)]).toEqual([total - available, Math.round((100 * used) / total)]);
  const until = performance.now() + 200;
  while (performance.now() < until);
  expect((await ask()).content.kernel_cpu).toBeGreaterThan(0);
});

test('what ps prints on macOS is read', () => {
  const text = '    1     0   9876   0:03.45\n  501     1   1024 1-02:03:04\nPID garbage\n';
  expect(psEntries(text)).toEqual([
    { pid: 1, parent: 0, bytes: 9876 * 1024, cpuSeconds: 3.45 },
    { pid: 501, parent: 1, bytes: 1024 * 1024, cpuSeconds: 93_784 },
  ]);
});
