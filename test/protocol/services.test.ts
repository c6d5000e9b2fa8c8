// The kernel through @jupyterlab/services, JupyterLab's own client, and a real Jupyter server.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import { type Kernel, KernelManager, KernelMessage, ServerConnection, SessionManager } from '@jupyterlab/services';
import { type JupyterHome, type JupyterServer, jupyterHome, startServer } from '../jupyter.ts';
import { python, testWithPython } from '../python.ts';

let home: JupyterHome;
let server: JupyterServer;
let kernels: KernelManager;
let sessions: SessionManager;
let kernel: Kernel.IKernelConnection;

beforeAll(async () => {
  if (python === undefined) return;
  // It logs each step of its connection.
  for (const name of ['debug', 'warn'] as const) jest.spyOn(console, name).mockImplementation(() => {});
  home = await jupyterHome();
  const notebooks = join(home.folder, 'notebooks');
  mkdirSync(notebooks);
  server = await startServer(home, notebooks);
  const baseUrl = `${server.origin}/`;
  const serverSettings = ServerConnection.makeSettings({ baseUrl, token: server.token, appendToken: true });
  kernels = new KernelManager({ serverSettings });
  sessions = new SessionManager({ serverSettings, kernelManager: kernels });
  const session = await sessions.startNew({
    path: 'a.ipynb',
    name: 'a.ipynb',
    type: 'notebook',
    kernel: { name: 'cokernel' },
  });
  if (session.kernel === null) throw new Error('The session has no kernel.');
  kernel = session.kernel;
  await kernel.info;
}, 60_000);

afterAll(async () => {
  if (python === undefined) return;
  await sessions?.shutdownAll();
  kernel?.dispose();
  await endOf(sessions);
  await endOf(kernels);
  await server?.stop();
  const left = home?.running() ?? [];
  home?.remove();
  expect(left).toEqual([]);
}, 30_000);

/** A manager's poll keeps its timer when it is disposed of (@lumino/polling 2.1), and jest would wait for it. */
async function endOf(manager: KernelManager | SessionManager): Promise<void> {
  const { _pollModels } = manager as unknown as { readonly _pollModels: { stop(): Promise<void> } };
  await _pollModels.stop();
  manager.dispose();
}

/** What a cell showed, in order and in brief, and its reply. */
async function execute(code: string, answer?: (request: KernelMessage.IInputRequestMsg) => string) {
  const shown: string[] = [];
  // As JupyterLab's cells do; the client's own default is not to stop.
  const future = kernel.requestExecute({ code, allow_stdin: answer !== undefined, stop_on_error: true });
  future.onIOPub = (message) => {
    if (KernelMessage.isStreamMsg(message)) shown.push(`${message.content.name}: ${message.content.text}`);
    if (KernelMessage.isExecuteResultMsg(message)) shown.push(`result: ${message.content.data['text/plain']}`);
    if (KernelMessage.isDisplayDataMsg(message)) shown.push(`display: ${message.content.data['text/plain']}`);
    if (KernelMessage.isErrorMsg(message)) shown.push(`error: ${message.content.ename}`);
  };
  future.onStdin = (message) => {
    if (!KernelMessage.isInputRequestMsg(message)) return;
    const value = answer?.(message) ?? '';
    future.sendInputReply({ status: 'ok', value }, message.header);
  };
  const { content } = await future.done;
  return { shown, content };
}

testWithPython('the server starts the kernel, and the client reads what it is', async () => {
  const info = await kernel.info;
  expect(info.implementation).toBe('cokernel');
  expect(info.language_info).toMatchObject({ name: 'typescript', file_extension: '.ts' });
  expect(kernel.connectionStatus).toBe('connected');
});

testWithPython('outputs come in order, between busy and idle, each of its kind', async () => {
  const statuses: string[] = [];
  const idle = new Promise<void>((resolve) => {
    kernel.iopubMessage.connect(function note(_, message) {
      if (!KernelMessage.isStatusMsg(message)) return;
      statuses.push(message.content.execution_state);
      if (message.content.execution_state !== 'idle') return;
      kernel.iopubMessage.disconnect(note);
      resolve();
    });
  });
  const { shown, content } = await execute("console.log('one');\nconsole.error('two');\ndisplay('three');\n4");
  await idle;
  expect(shown).toEqual(['stdout: one\n', 'stderr: two\n', "display: 'three'", 'result: 4']);
  expect(content).toMatchObject({ status: 'ok' });
  expect(statuses).toEqual(['busy', 'idle']);
});

testWithPython('cells sent all at once run in order, and after an error the rest is aborted', async () => {
  const cells = ['let total = 1', 'total += 1', 'total', "throw new Error('stop')", "console.log('never')"];
  const ended = await Promise.all(cells.map((code) => execute(code)));
  expect(ended.map(({ content }) => content.status)).toEqual(['ok', 'ok', 'ok', 'error', 'aborted']);
  expect(ended[2]?.shown).toEqual(['result: 2']);
  expect(ended[4]?.shown).toEqual([]);
});

testWithPython('a comm goes both ways, with data and buffers', async () => {
  const opened = new Promise<Kernel.IComm>((resolve) => kernel.registerCommTarget('echo', (comm) => resolve(comm)));
  await execute(`const comm = new Comm('echo', { data: { first: true } });
comm.onMessage(({ data, buffers }) => comm.send({ back: data }, { buffers }));`);
  const comm = await opened;
  const back = new Promise<KernelMessage.ICommMsgMsg>((resolve) => {
    comm.onMsg = resolve;
  });
  await comm.send({ value: 7 }, {}, [new Uint8Array([1, 2, 3])]).done;
  const { content, buffers } = await back;
  expect(content.data).toEqual({ back: { value: 7 } });
  const [buffer] = buffers as DataView[];
  expect([...new Uint8Array((buffer as DataView).buffer, buffer?.byteOffset, buffer?.byteLength)]).toEqual([1, 2, 3]);
});

testWithPython('questions reach the client: input, a password, and prompt, which blocks', async () => {
  const asked: string[] = [];
  const { shown } = await execute(
    "console.log(await input('name? '), await input('word? ', { password: true }), prompt('age?'))",
    ({ content }) => {
      asked.push(`${content.prompt}${content.password}`);
      return `<${asked.length}>`;
    },
  );
  expect(asked.map((text) => text.replace(/\s/g, ''))).toEqual(['name?false', 'word?true', 'age?false']);
  expect(shown).toEqual(['stdout: <1> <2> <3>\n']);
});

testWithPython('completion and inspection count code points', async () => {
  const code = "const greeting = '👋'; '👋'.toUpper";
  const { content } = await kernel.requestComplete({ code, cursor_pos: [...code].length });
  expect(content).toMatchObject({ status: 'ok', matches: ['toUpperCase'] });
  const { content: said } = await kernel.requestInspect({ code: 'parseInt', cursor_pos: 4, detail_level: 0 });
  expect(said).toMatchObject({ status: 'ok', found: true });
});

testWithPython('history has what was run', async () => {
  await execute("'for history'");
  const { content } = await kernel.requestHistory({
    hist_access_type: 'tail',
    n: 1,
    output: true,
    raw: true,
  });
  const [entry] = content.status === 'ok' ? content.history : [];
  expect(entry?.[2]).toEqual(["'for history'", "'for history'"]);
});

testWithPython('an interrupt through the server ends a loop that spins, and variables live on', async () => {
  const statuses = new Promise<void>((resolve) => {
    kernel.iopubMessage.connect(function hear(_, message) {
      if (!KernelMessage.isStreamMsg(message) || !message.content.text.includes('spinning')) return;
      kernel.iopubMessage.disconnect(hear);
      resolve();
    });
  });
  const spinning = execute("const kept = 'kept'; console.log('spinning'); for (;;) {}");
  await statuses;
  await kernel.interrupt();
  expect((await spinning).content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  expect((await execute('kept')).shown).toEqual(["result: 'kept'"]);
});

testWithPython('a restart through the server makes everything new, also while a cell spins', async () => {
  kernel.requestExecute({ code: 'for (;;) {}' }).done.catch(() => {});
  await kernel.restart();
  await kernel.info;
  const { shown, content } = await execute('typeof kept');
  expect(shown).toContain("result: 'undefined'");
  expect(content).toMatchObject({ status: 'ok', execution_count: 1 });
});

testWithPython('a shutdown ends the kernel, and the server knows of none', async () => {
  const { id } = kernel;
  await sessions.shutdownAll();
  await kernels.refreshRunning();
  expect([...kernels.running()].map((model) => model.id)).not.toContain(id);
  expect(kernel.isDisposed || kernel.status === 'dead').toBe(true);
});
