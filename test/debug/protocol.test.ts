// The debugger's protocol: JupyterLab's recorded orders, bad input, what it costs where it is off, and the adapter for
// other clients.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { cleanUp } from '../client.ts';
import { type Debugging, debugging } from './debugger.ts';

let on: Debugging;

afterEach(async () => {
  await on.kernel.stop();
});
afterAll(cleanUp);

const CODE = `import { coroutine, sleep } from 'cokernel';
const inner = coroutine(async (n: number) => {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    await sleep(0.001);
    sum += i;
  }
  return sum;
});`;

/** What JupyterLab asks at each stop. */
async function asLabAtAStop(threadId: number): Promise<string[]> {
  await on.body('inspectVariables', {});
  const { stackFrames } = await on.body('stackTrace', { threadId });
  const [top] = stackFrames;
  const { path } = top.source;
  await on.body('source', { source: { sourceReference: 0, path }, sourceReference: 0 });
  await on.body('source', { source: { path }, sourceReference: 0 });
  const { scopes } = await on.body('scopes', { frameId: top.id });
  for (const { variablesReference } of scopes) await on.body('variables', { variablesReference });
  return stackFrames.map((frame: DebugProtocol.StackFrame) => `${frame.name}:${frame.line}`);
}

test('the orders in which JupyterLab asks are answered: opened, on, breakpoint, stopped, steps, off, on again, reloaded', async () => {
  on = await debugging({ off: true });
  for (let pair = 0; pair < 4; pair++) {
    expect((await on.body('debugInfo')).isStarted).toBe(false);
    await on.body('debugInfo', {});
  }
  await on.run(CODE);
  const start = async () => {
    await on.body('debugInfo');
    await on.body('debugInfo', {});
    const capabilities = await on.body('initialize', LAB);
    expect(capabilities.exceptionBreakpointFilters.map(({ filter }: { filter: string }) => filter)).toEqual([
      ...['raised', 'uncaught', 'cancelled', 'deadlock'],
    ]);
    await on.body('attach', {});
    await on.body('setExceptionBreakpoints', { filters: [] });
    await on.body('inspectVariables', {});
  };
  await start();
  const { sourcePath } = await on.body('dumpCell', { code: CODE });
  await on.body('debugInfo', {});
  await on.body('setBreakpoints', { source: { path: sourcePath }, breakpoints: [{ line: 6 }], sourceModified: false });
  const run = on.run('await inner(3)');
  await Promise.all([on.body('inspectVariables', {}), on.body('inspectVariables', {})]);
  const { thread } = await on.stopped();
  expect(await asLabAtAStop(thread)).toEqual(['inner:6', 'Cell [2]:1']);
  await on.body('next', { threadId: thread });
  expect(await asLabAtAStop((await on.stopped()).thread)).toEqual(['inner:4', 'Cell [2]:1']);
  await on.body('stepIn', { threadId: thread });
  await asLabAtAStop((await on.stopped()).thread);
  // The page is loaded anew.
  const info = await on.body('debugInfo', {});
  expect(info.stoppedThreads).toEqual([thread]);
  await on.body('setBreakpoints', { source: { path: sourcePath }, breakpoints: [{ line: 6 }], sourceModified: false });
  await asLabAtAStop(thread);
  await on.body('setExceptionBreakpoints', { filters: [] });
  await on.body('setBreakpoints', { source: { path: sourcePath }, breakpoints: [], sourceModified: false });
  // It forgets the thread before it asks.
  expect(await on.body('continue', { threadId: 1 })).toEqual({ allThreadsContinued: true });
  await on.body('modules', {});
  expect((await run).reply.content.status).toBe('ok');
  await on.body('debugInfo');
  await on.body('disconnect', { restart: false, terminateDebuggee: false });
  expect((await on.body('debugInfo')).isStarted).toBe(false);
  await start();
  expect((await on.body('debugInfo')).isStarted).toBe(true);
});

const LAB = {
  ...{ clientID: 'jupyterlab', clientName: 'JupyterLab', adapterID: 'cokernel', pathFormat: 'path' },
  ...{ linesStartAt1: true, columnsStartAt1: true, supportsVariableType: true, supportsVariablePaging: true },
};

test('bad input is answered at once, without success, and changes nothing', async () => {
  on = await debugging();
  const refused = async (command: string, args?: object) => {
    const answer = await on.ask(command, args);
    expect(answer).toMatchObject({ type: 'response', command, success: false, body: {} });
    return answer.message;
  };
  expect(await refused('flyToTheMoon')).toBe('"flyToTheMoon" is not a request of this debugger.');
  expect(await refused('constructor')).toContain('is not a request');
  expect(await refused('scopes', {})).toBe('frameId should be a whole number.');
  expect(await refused('setBreakpoints', { breakpoints: [{ line: 1 }] })).toBe('source should be an object.');
  expect(await refused('setBreakpoints', { source: { path: 'x' }, breakpoints: [{ line: 'one' }] })).toContain('line');
  expect(await refused('dumpCell', { code: 7 })).toBe('code should be a string.');
  expect(await refused('source', { source: { path: '/gone.ts' } })).toBe('The source of /gone.ts is not there.');
  expect(await refused('evaluate', { expression: '1', frameId: 99_999 })).toBe('That frame is gone.');
  expect(await refused('exceptionInfo', { threadId: 1 })).toContain('No error');
  expect((await on.body('scopes', { frameId: 99_999 })).scopes.map(({ name }: { name: string }) => name)).toEqual([
    ...['Notebook', 'Tasks'],
  ]);
  expect(await on.body('variables', { variablesReference: 99_999 })).toEqual({ variables: [] });
  expect(await on.body('stackTrace', { threadId: 77 })).toEqual({ stackFrames: [], totalFrames: 0 });
  for (const content of [{}, { command: 7 }, { type: 'request', seq: 'x', command: 'next', arguments: [] }]) {
    const { reply } = await on.client.request('debug_request', content, { channel: 'control' });
    expect(reply.content).toMatchObject({ type: 'response', request_seq: 0 });
  }
  expect((await on.run('1 + 1')).outputs.at(-1)?.content.data['text/plain']).toBe('2');
});

test('what needs the debugger is refused while it is off, with a sentence', async () => {
  on = await debugging({ off: true });
  for (const command of ['next', 'continue', 'pause', 'evaluate', 'copyToGlobals']) {
    expect(await on.ask(command, {})).toMatchObject({ success: false, message: 'The debugger is off.' });
  }
});

test('off, a cell causes the messages that it always did, and asks nothing', async () => {
  on = await debugging({ off: true, env: { COKERNEL_TRACE: 'wire' } });
  await on.body('debugInfo');
  const { iopub } = await on.run('1 + 1');
  expect(iopub.map(({ header }) => header.msg_type)).toEqual(['status', 'execute_input', 'execute_result', 'status']);
  expect(on.events()).toEqual([]);
  // No session is open: Node would say that it waits for a debugger.
  const { outputs } = await on.run(
    "const { execSync } = await import('node:child_process'); process.exitCode = 0; 'open'",
  );
  expect(outputs.at(-1)?.content.data['text/plain']).toBe("'open'");
  await on.kernel.stop();
  expect(on.kernel.log()).not.toContain('Waiting for the debugger');
});

/** A client of the protocol on the adapter's pipes. */
function adapterClient(child: ChildProcess) {
  const messages: DebugProtocol.ProtocolMessage[] = [];
  const watchers = new Set<() => void>();
  let held = '';
  let seq = 0;
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    held += chunk;
    for (
      let found = /^Content-Length: (\d+)\r\n\r\n/.exec(held);
      found;
      found = /^Content-Length: (\d+)\r\n\r\n/.exec(held)
    ) {
      const end = found[0].length + Number(found[1]);
      if (held.length < end) return;
      messages.push(JSON.parse(held.slice(found[0].length, end)));
      held = held.slice(end);
      for (const watch of watchers) watch();
    }
  });
  // biome-ignore lint/suspicious/noExplicitAny: as in debugger.ts
  const until = (fits: (message: any) => boolean) =>
    // biome-ignore lint/suspicious/noExplicitAny: as in debugger.ts
    new Promise<any>((resolve) => {
      const look = () => {
        const found = messages.find(fits);
        if (!found) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  return {
    until,
    request(command: string, args: object = {}) {
      seq += 1;
      const text = JSON.stringify({ seq, type: 'request', command, arguments: args });
      child.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      const own = seq;
      return until((message) => message.type === 'response' && message.request_seq === own);
    },
  };
}

test('cokernel debug-adapter speaks the protocol on its pipes for a kernel that runs, and ends with disconnect', async () => {
  on = await debugging({ off: true });
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-adapter-'));
  const file = join(folder, 'connection.json');
  writeFileSync(file, JSON.stringify(on.kernel.info));
  const cli = join(import.meta.dirname, '..', '..', 'dist', 'kernel', 'cli.js');
  const child = spawn(process.execPath, [cli, 'debug-adapter', file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    const client = adapterClient(child);
    const initialized = await client.request('initialize', { adapterID: 'cokernel', clientID: 'nvim-dap' });
    expect(initialized.body.supportsConditionalBreakpoints).toBe(true);
    await client.until((message) => message.event === 'initialized');
    await client.request('attach', {});
    const path = (await client.request('dumpCell', { code: CODE })).body.sourcePath;
    await client.request('setBreakpoints', { source: { path }, breakpoints: [{ line: 8 }] });
    await client.request('configurationDone');
    await on.run(CODE);
    const run = on.run('await inner(2)');
    const { body } = await client.until((message) => message.event === 'stopped');
    const { threads } = (await client.request('threads')).body;
    expect(threads.map(({ id }: { id: number }) => id)).toContain(body.threadId);
    const { stackFrames } = (await client.request('stackTrace', { threadId: body.threadId })).body;
    expect(stackFrames[0]).toMatchObject({ name: 'inner', line: 8 });
    const { scopes } = (await client.request('scopes', { frameId: stackFrames[0].id })).body;
    const { variables } = (await client.request('variables', scopes[0])).body;
    expect(variables.find(({ name }: { name: string }) => name === 'sum')).toMatchObject({
      value: '1',
      type: 'number',
    });
    await client.request('continue', { threadId: body.threadId });
    expect((await run).reply.content.status).toBe('ok');
    expect((await client.request('disconnect')).success).toBe(true);
    child.stdin?.end();
    expect(await exited).toBe(0);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('cokernel debug-adapter says what is wrong with its file', async () => {
  on = await debugging({ off: true });
  const cli = join(import.meta.dirname, '..', '..', 'dist', 'kernel', 'cli.js');
  for (const [args, sentence] of [
    [[], 'debug-adapter expects the connection file'],
    [['/no/such.json'], 'there is no such file'],
  ] as const) {
    const child = spawn(process.execPath, [cli, 'debug-adapter', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    expect(said).toContain(sentence);
  }
});
