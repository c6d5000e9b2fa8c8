// Widgets through a real kernel: what a page sends and gets, as messages, and what cells see of it.

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Exchange, type KernelProcess, type Received, startKernelProcess } from '../client.ts';

let kernel: KernelProcess;

beforeAll(async () => {
  kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off', COKERNEL_PATIENCE: '20000' } });
  await run("import * as w from 'cokernel/widgets'; import { createTask, coroutine, sleep } from 'cokernel'");
});
afterAll(() => kernel.stop());

async function run(code: string): Promise<Exchange> {
  const exchange = await kernel.client.execute(code);
  expect(exchange.reply.content).toMatchObject({ status: 'ok' });
  return exchange;
}

/** Runs a cell whose value is a widget; its id. */
async function shown(code: string): Promise<string> {
  const { outputs } = await run(code);
  const result = outputs.find(({ header }) => header.msg_type === 'execute_result');
  return result?.content.data['application/vnd.jupyter.widget-view+json'].model_id;
}

/** The text of a cell's result. */
async function value(code: string): Promise<string> {
  const { outputs } = await run(code);
  return outputs.find(({ header }) => header.msg_type === 'execute_result')?.content.data['text/plain'];
}

/** What a page sends when the person moves something; resolves with all that it caused. */
function move(id: string, state: Record<string, unknown>, extra: Record<string, unknown> = {}): Promise<void> {
  return tell(id, { method: 'update', state, buffer_paths: [], ...extra });
}

async function tell(id: string, data: Record<string, unknown>, buffers: readonly Uint8Array[] = []): Promise<void> {
  const message = kernel.client.send('comm_msg', { comm_id: id, data }, { buffers });
  await idleOf(message);
}

const idleOf = (id: string, milliseconds?: number) =>
  kernel.client.until(
    ({ header, content, parent_header }) =>
      header.msg_type === 'status' && content.execution_state === 'idle' && parent_header.msg_id === id,
    milliseconds,
  );

/** What the kernel sent to a model, in order. */
const sent = (id: string): Received[] =>
  kernel.client.received.filter(({ content, header }) => header.msg_type === 'comm_msg' && content.comm_id === id);

const until = (fits: (message: Received) => boolean) => kernel.client.until(fits);

test('a slider opens its model with its layout and its style, and shows a view beside a text', async () => {
  const { outputs, iopub } = await run("const n = w.slider({ min: 0, max: 10, value: 3, label: 'n' }); n");
  const opened = iopub.filter(({ header }) => header.msg_type === 'comm_open');
  expect(opened.map(({ content }) => content.data.state._model_name)).toEqual([
    'LayoutModel',
    'SliderStyleModel',
    'IntSliderModel',
  ]);
  const [layout, style, slider] = opened as [Received, Received, Received];
  expect(slider.metadata).toEqual({ version: '2.1.0' });
  expect(slider.content).toMatchObject({
    target_name: 'jupyter.widget',
    data: {
      buffer_paths: [],
      state: {
        _model_module: '@jupyter-widgets/controls',
        ...{ value: 3, min: 0, max: 10, step: 1, description: 'n', readout_format: 'd', continuous_update: true },
        layout: `IPY_MODEL_${layout.content.comm_id}`,
        style: `IPY_MODEL_${style.content.comm_id}`,
      },
    },
  });
  const result = outputs.find(({ header }) => header.msg_type === 'execute_result');
  expect(result?.content.data).toEqual({
    'application/vnd.jupyter.widget-view+json': {
      version_major: 2,
      version_minor: 0,
      model_id: slider.content.comm_id,
    },
    'text/plain': 'slider n = 3\n(To use it here, Jupyter needs ipywidgets: pip install ipywidgets anywidget)',
  });
});

test('a move in the page is the value here and is echoed as the answer to that message; a value set here goes there', async () => {
  const id = await shown('const a = w.slider(); a');
  const message = kernel.client.send('comm_msg', {
    comm_id: id,
    data: { method: 'update', state: { value: 7 }, buffer_paths: [] },
  });
  await idleOf(message);
  expect(await value('a.value')).toBe('7');
  const [echo] = sent(id);
  expect(echo?.content.data).toEqual({ method: 'echo_update', state: { value: 7 }, buffer_paths: [] });
  expect(echo?.parent_header.msg_id).toBe(message);
  await run('a.value = 8');
  expect(sent(id)[1]?.content.data).toEqual({ method: 'update', state: { value: 8 }, buffer_paths: [] });
});

test('what changes in a cell is out before its reply, also when it came too soon for a message of its own', async () => {
  const id = await shown('const b = w.slider(); b');
  const { iopub } = await run('for (const v of [1, 2, 3, 4, 5]) b.value = v');
  const values = iopub.filter(({ content }) => content.comm_id === id).map(({ content }) => content.data.state.value);
  expect(values.at(-1)).toBe(5);
});

test('changes are awaited and iterated, and a wait for one can be cancelled', async () => {
  const id = await shown('const c = w.slider({ value: 1 }); c');
  await run(`
    const seen = [];
    const first = createTask(coroutine(async () => seen.push(['changed', await c.changed()]))());
    const loop = createTask(coroutine(async () => { for await (const v of c) seen.push(v); })());
    const never = createTask(coroutine(async () => { await c.changed('max'); })());
    await sleep(0)`);
  await move(id, { value: 2 });
  await move(id, { value: 3 });
  await run('await sleep(0); never.cancel(); await sleep(0); await sleep(0)');
  expect(await value('seen')).toBe("[ [ 'changed', 2 ], 2, 3 ]");
  expect(await value('[never.cancelled(), loop.done()]')).toBe('[ true, false ]');
  await run('c.close(); await loop');
});

test('a handler is a task of its cell: what it prints, shows and throws goes under that cell, while idle too', async () => {
  const id = await shown('const d = w.slider(); d');
  const { reply } = await run(`
    const shownLater = display('nothing yet', { displayId: 'd-state' });
    d.on('value', coroutine(async (v) => { await sleep(0.01); console.log('now', v); shownLater.update(v); }));
    d.on('value', (v) => { if (v === 6) throw new RangeError('six'); });`);
  const cell = reply.parent_header.msg_id;
  await run('1');
  await move(id, { value: 6 });
  const under = (type: string) => until((one) => one.header.msg_type === type && one.parent_header.msg_id === cell);
  expect((await under('stream')).content.text).toBe('now 6\n');
  expect((await under('update_display_data')).content.data['text/plain']).toBe('6');
  expect((await under('error')).content).toMatchObject({ ename: 'RangeError', evalue: 'six' });
});

test('a handler that spins is interrupted, told under its cell, and the next one is called', async () => {
  const id = await shown('const e = w.slider(); e');
  const { reply } = await run("e.on('value', (v) => { if (v === 1) for (;;) {} console.log('went on', v) })");
  const cell = reply.parent_header.msg_id;
  kernel.client.send('comm_msg', { comm_id: id, data: { method: 'update', state: { value: 1 }, buffer_paths: [] } });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await kernel.client.request('interrupt_request', {}, { channel: 'control' });
  const told = await until(
    ({ header, content, parent_header }) =>
      header.msg_type === 'stream' && content.name === 'stderr' && parent_header.msg_id === cell,
  );
  expect(told.content.text).toMatch(/^KeyboardInterrupt: code at Cell \[\d+\]:1:\d+ was stopped/);
  await move(id, { value: 2 });
  await until(({ header, content }) => header.msg_type === 'stream' && content.text === 'went on 2\n');
});

test('while a cell spins messages wait, and none is lost', async () => {
  const id = await shown('const f = w.slider(); const got = []; f.on("value", (v) => got.push(v)); f');
  const spinning = kernel.client.execute('const end = Date.now() + 400; while (Date.now() < end) {}');
  for (const v of [1, 2, 3]) {
    kernel.client.send('comm_msg', { comm_id: id, data: { method: 'update', state: { value: v }, buffer_paths: [] } });
  }
  await spinning;
  await run('await sleep(0.05)');
  expect(await value('got')).toBe('[ 1, 2, 3 ]');
});

test('10,000 changes of a cell are at most 60 messages a second, and the last value is sent', async () => {
  const id = await shown('const g = w.slider({ max: 20_000 }); g');
  await run(
    'const until = Date.now() + 1000; for (let i = 1; i <= 10_000; i++) { g.value = i; if (i % 100 === 0) await sleep(0.008) }',
  );
  const values = sent(id).map(({ content }) => content.data.state.value);
  expect(values.at(-1)).toBe(10_000);
  expect(values.length).toBeGreaterThan(20);
  expect(values.length).toBeLessThan(150);
});

/** Messages that a page sends at once. */
const MANY = process.env.COKERNEL_LONG ? 10_000 : 2_000;

test('of thousands of messages of a page the last value stays, and what is echoed is merged', async () => {
  const id = await shown('const h = w.slider({ max: 20_000 }); h');
  const began = performance.now();
  for (let v = 1; v < MANY; v++) {
    kernel.client.send('comm_msg', { comm_id: id, data: { method: 'update', state: { value: v }, buffer_paths: [] } });
  }
  const last = { method: 'update', state: { value: MANY }, buffer_paths: [] };
  await idleOf(kernel.client.send('comm_msg', { comm_id: id, data: last }), 120_000);
  const seconds = (performance.now() - began) / 1000;
  await until(({ content }) => content.comm_id === id && content.data?.state?.value === MANY);
  expect(await value('h.value')).toBe(String(MANY));
  expect(sent(id).length).toBeLessThan(60 * seconds + 10);
}, 180_000);

test('request_state is answered by the whole state, and jupyter.widget.control by that of all widgets', async () => {
  const id = await shown('const i = w.imageView(new Uint8Array([1, 2, 3])); i');
  await tell(id, { method: 'request_state' });
  const [answer] = sent(id);
  expect(answer?.content.data).toMatchObject({ method: 'update', state: { format: 'png' }, buffer_paths: [['value']] });
  expect(answer?.buffers.map((bytes) => [...bytes])).toEqual([[1, 2, 3]]);
  kernel.client.send('comm_open', { comm_id: 'control', target_name: 'jupyter.widget.control', data: {} });
  await tell('control', { method: 'request_states' });
  const { content, buffers } = await until((one) => one.content.comm_id === 'control' && one.content.data?.states);
  expect(content.data.method).toBe('update_states');
  expect(content.data.states[id]).toMatchObject({
    model_name: 'ImageModel',
    model_module: '@jupyter-widgets/controls',
    model_module_version: '2.0.0',
    state: { format: 'png' },
  });
  const at = content.data.buffer_paths.findIndex(([one]: string[]) => one === id);
  expect(content.data.buffer_paths[at]).toEqual([id, 'state', 'value']);
  expect([...(buffers[at] as Uint8Array)]).toEqual([1, 2, 3]);
});

test('files of a page arrive with their bytes', async () => {
  const id = await shown('const files = w.fileUpload(); files');
  const file = { name: 'a.txt', type: 'text/plain', size: 5, last_modified: 1_700_000_000_000 };
  const data = { method: 'update', state: { value: [file] }, buffer_paths: [['value', 0, 'content']] };
  await tell(id, data, [Buffer.from('hello')]);
  expect(await value('const [one] = files.value; [one.name, one.text(), one.lastModified.getUTCFullYear()]')).toBe(
    "[ 'a.txt', 'hello', 2023 ]",
  );
});

test('a press of a button counts each time', async () => {
  const id = await shown("const go = w.button({ label: 'Go' }); const presses = []; go");
  await run(
    "go.on('click', () => presses.push('on')); createTask(coroutine(async () => { for await (const count of go) presses.push(count) })()); await sleep(0)",
  );
  for (let press = 0; press < 2; press++) await tell(id, { method: 'custom', content: { event: 'click' } });
  await run('await sleep(0)');
  expect(await value('presses')).toBe("[ 'on', 1, 'on', 2 ]");
});

test('what the page closes is closed: a loop ends, and a wait fails', async () => {
  const id = await shown('const j = w.slider(); j');
  await run(`
    const waits = createTask(coroutine(async () => { try { await j.changed() } catch (error) { return error.message } })());
    const loops = createTask(coroutine(async () => { for await (const _ of j); return 'ended' })());
    await sleep(0)`);
  await idleOf(kernel.client.send('comm_close', { comm_id: id, data: {} }));
  expect(await value('[j.closed, await waits, await loops]')).toBe(
    "[\n  true,\n  'slider.changed: the widget was closed, so it will not change any more.',\n  'ended'\n]",
  );
});

test('linked values stay the same, whichever changes', async () => {
  const id = await shown(
    "const k = w.slider({ value: 1 }); const l = w.slider({ value: 2 }); const unlink = w.link(k, 'value', l, 'value'); k",
  );
  expect(await value('l.value')).toBe('1');
  await move(id, { value: 5 });
  expect(await value('l.value')).toBe('5');
  expect(await value('l.value = 6; k.value')).toBe('6');
  expect(await value('unlink(); l.value = 7; k.value')).toBe('6');
});

test('a widget of one’s own shares its state with the page, and messages with bytes both ways', async () => {
  const id = await shown(
    "const m = w.widget({ state: { count: 0, bytes: new Uint8Array([1]) }, esm: 'export default {}', css: '.a { color: red }' }); m",
  );
  const opened = await until(({ header, content }) => header.msg_type === 'comm_open' && content.comm_id === id);
  expect(opened.content.data).toMatchObject({
    state: {
      _model_module: 'anywidget',
      _model_name: 'AnyModel',
      _esm: expect.stringContaining('"export default {}"'),
      _css: '.a { color: red }',
      count: 0,
    },
    buffer_paths: [['bytes']],
  });
  const { reply } = await run(
    "m.on('count', (count) => console.log('count', count)); m.onMessage((message, [bytes]) => m.send({ got: message }, [bytes.map((one) => one + 1)]))",
  );
  await move(id, { count: 4 });
  await until(
    ({ content, parent_header }) => content.text === 'count 4\n' && parent_header.msg_id === reply.parent_header.msg_id,
  );
  await tell(id, { method: 'custom', content: 'hello' }, [new Uint8Array([7, 8])]);
  const answer = await until(({ content }) => content.comm_id === id && content.data?.method === 'custom');
  expect(answer.content.data.content).toEqual({ got: 'hello' });
  expect(answer.buffers.map((bytes) => [...bytes])).toEqual([[8, 9]]);
  expect(await value('m.state.count')).toBe('4');
  const refused = await kernel.client.execute('m.state.other = 1');
  expect(refused.reply.content.ename).toBe('TypeError');
});

test('a function as the page’s code is sent as it is written, and a file is sent again when it changes', async () => {
  const id = await shown(
    "const o = w.widget({ esm: ({ model, el }) => { for (;;) { el.textContent = 'x'; break; } } }); o",
  );
  const opened = await until(({ header, content }) => header.msg_type === 'comm_open' && content.comm_id === id);
  expect(opened.content.data.state._esm).toContain(
    "export default { render: ({ model, el }) => { for (;;) { el.textContent = 'x'; break; } } };",
  );
  await run("import { writeFileSync } from 'node:fs'; writeFileSync('page.js', 'export default {}')");
  const file = await shown("const p = w.widget({ esm: 'page.js' }); p");
  await run("writeFileSync('page.js', 'export default { render() {} }')");
  const update = await until(({ header, content }) => header.msg_type === 'comm_msg' && content.comm_id === file);
  expect(update.content.data.state).toEqual({ _esm: expect.stringContaining('"export default { render() {} }"') });
});

test('50 MB go to the page and come from it', async () => {
  const size = 50_000_000;
  const id = await shown(`const q = w.widget({ state: { data: new Uint8Array() }, esm: 'export default {}' }); q`);
  await run(`q.state.data = new Uint8Array(${size}).fill(3)`);
  const message = await until(({ header, content }) => header.msg_type === 'comm_msg' && content.comm_id === id);
  expect([message.buffers[0]?.byteLength, message.buffers[0]?.at(-1)]).toEqual([size, 3]);
  await tell(id, { method: 'update', state: {}, buffer_paths: [['data']] }, [new Uint8Array(size).fill(5)]);
  expect(await value('[q.state.data.byteLength, q.state.data.at(-1)]')).toBe(`[ ${size}, 5 ]`);
}, 60_000);

test('interact shows controls and what a function makes of their values, and makes it anew at each change', async () => {
  const { outputs } = await run(
    "const r = w.slider({ max: 9, value: 2 }); w.interact({ r, loud: false }, ({ r, loud }) => { if (r === 9) throw new RangeError('nine'); return `${r}${loud ? '!' : ''}`; })",
  );
  const [controls, made] = outputs.filter(({ header }) => header.msg_type === 'display_data');
  expect(controls?.content.data['text/plain']).toMatch(/^slider r = 2\ncheckbox loud = false\n/);
  expect(made?.content.data['text/plain']).toBe("'2'");
  const cell = made?.parent_header.msg_id;
  const update = (text: RegExp) =>
    until(
      ({ header, content, parent_header }) =>
        header.msg_type === 'update_display_data' &&
        parent_header.msg_id === cell &&
        text.test(content.data['text/plain']),
    );
  await move(await value('r.modelId').then((id) => id.slice(1, -1)), { value: 3 });
  await update(/^'3'$/);
  await run('r.value = 9');
  expect((await update(/nine/)).content.data['application/vnd.jupyter.stderr']).toMatch(/RangeError.*nine/s);
  await run('r.value = 4');
  await update(/^'4'$/);
});

test('a change cancels what interact still makes of earlier values, even what would never end', async () => {
  const { outputs } =
    await run(`const e = w.slider({ max: 9, value: 1 }); const ended = []; w.interact({ e }, coroutine(async ({ e }) => {
  try { if (e % 2 === 1) await sleep(1e6); } finally { ended.push(e); }
  return 'even ' + e;
}))`);
  const [, made] = outputs.filter(({ header }) => header.msg_type === 'display_data');
  const update = (text: string) =>
    until(
      ({ header, content, parent_header }) =>
        header.msg_type === 'update_display_data' &&
        parent_header.msg_id === made?.parent_header.msg_id &&
        content.data['text/plain'] === text,
    );
  await run('e.value = 2');
  await update("'even 2'");
  await run('e.value = 3');
  await run('e.value = 5; e.value = 7; e.value = 8');
  await update("'even 8'");
  expect(await value('ended')).toBe('[ 1, 2, 3, 8 ]');
});

test('in VS Code, whose pages reach the kernel by nothing else, widgets beside the table of watch cancel a task', async () => {
  const connectionFile = `kernel-v3${'0a'.repeat(20)}.json`;
  const vscode = await startKernelProcess({ connectionFile, env: { COKERNEL_DIAGNOSTICS: 'off' } });
  const { client } = vscode;
  try {
    const { iopub } = await client.execute(`
import { createTask, sleep } from 'cokernel'; import { watch } from 'cokernel/picture';
const first = createTask(sleep(60), { name: 'first' }); const second = createTask(sleep(60), { name: 'second' });
await sleep(0); const live = watch();`);
    const opened = iopub.filter(({ header }) => header.msg_type === 'comm_open');
    const idOf = (model: string) =>
      opened.find(({ content }) => content.data.state._model_name === model)?.content.comm_id;
    const [menu, button] = [idOf('DropdownModel'), idOf('ButtonModel')];
    const labels = iopub.findLast(({ content }) => content.comm_id === menu && content.data?.state._options_labels);
    expect(labels?.content.data.state._options_labels).toEqual(['first', 'second']);
    const send = (comm_id: string, data: object) => client.send('comm_msg', { comm_id, data });
    send(menu, { method: 'update', state: { index: 1 }, buffer_paths: [] });
    send(button, { method: 'custom', content: { event: 'click' } });
    await client.execute('try { await second } catch {}');
    const { outputs } = await client.execute('live.stop(); [first.cancelled(), second.cancelled()]');
    const result = outputs.find(({ header }) => header.msg_type === 'execute_result');
    expect(result?.content.data['text/plain']).toBe('[ false, true ]');
  } finally {
    await vscode.stop();
  }
});

test('when the process has ended, a widget says so under its cell, once', async () => {
  const { reply } = await run('const s = w.row([w.slider(), w.slider()]); s');
  await kernel.client.execute('process.exit(1)');
  const said = await until(
    ({ content, parent_header }) =>
      parent_header.msg_id === reply.parent_header.msg_id && /are gone/.test(content.text),
  );
  expect(said.content).toEqual({
    name: 'stderr',
    text: 'The widgets of this cell are gone, because their kernel process ended. To have them back, run the cell again.\n',
  });
  await run('1');
  const again = kernel.client.received.filter(
    ({ content, parent_header }) =>
      parent_header.msg_id === reply.parent_header.msg_id && /are gone/.test(content.text),
  );
  expect(again).toHaveLength(1);
});

test('values and methods of a control are completed by its type, with what the documentation says', async () => {
  const complete = async (code: string) =>
    (await kernel.client.request('complete_request', { code, cursor_pos: code.length })).reply.content.matches;
  const code = "import { slider } from 'cokernel/widgets';\nslider({}).";
  expect(await complete(`${code}cha`)).toEqual(expect.arrayContaining(['changed', 'changes']));
  expect(await complete(`${code}readoutF`)).toEqual(['readoutFormat']);
  expect(await complete("import { slider } from 'cokernel/widgets';\nslider({ continuous")).toEqual([
    'continuousUpdate',
  ]);
  const asked = { code: `${code}changed`, cursor_pos: code.length + 3, detail_level: 0 };
  const { data } = (await kernel.client.request('inspect_request', asked)).reply.content;
  expect(data['text/plain']).toContain('Waits for the next change');
});

test('code for the page needs no settings: TypeScript has nothing to say of it in a cell', async () => {
  const strict = await startKernelProcess();
  try {
    const { reply, outputs } = await strict.client.execute(
      "import { widget } from 'cokernel/widgets';\nwidget({ state: { count: 0 }, esm: ({ model, el }) => { const b = document.createElement('b'); b.textContent = String(model.get('count') + 1); el.append(b); } });",
    );
    expect(reply.content.status).toBe('ok');
    expect(outputs.filter(({ header }) => header.msg_type === 'stream').map(({ content }) => content.text)).toEqual([]);
  } finally {
    await strict.stop();
  }
});
