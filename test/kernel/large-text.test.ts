// Texts that are very deep or very large, through a real kernel: it lives, and hears control and heartbeat while another
// process works on them. Before, each of the deep ones ended the kernel, and the large ones kept it deaf for seconds.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KernelProcess, startKernelProcess } from '../client.ts';
import { forms } from '../compile/forms.ts';

/**
 * Milliseconds that the kernel's thread may work on other things before it answers. Its own time is measured, not the
 * clock's, so that other programs on the machine do not count, but for the memory that they keep busy: the 100 ms that
 * are wanted are asked for with --long, on a machine at rest. Where the system does not tell the time, the clock, with room.
 */
const AT_ONCE = process.platform !== 'linux' ? 500 : process.env.COKERNEL_LONG ? 100 : 250;
const DEPTH = 100_000;
/** However long the compiler and this client take for 50 MB on a busy machine. */
const LARGE_MS = 120_000;
/** Some forms take the parser a minute, after which they are given up. */
const FORM_MS = process.env.COKERNEL_LONG ? 400_000 : 60_000;
/** With --long all forms of the grammar, to every kind of request; else one that is JavaScript and one of types. */
const SAMPLE = ['open tuples', 'arrows'];
const tried = process.env.COKERNEL_LONG ? forms : forms.filter(([name]) => SAMPLE.includes(name));

let kernel: KernelProcess;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cokernel-large-'));
  kernel = await startKernelProcess({ cwd: folder, env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await kernel.client.request('complete_request', { code: 'Ma', cursor_pos: 2 });
  await kernel.client.execute('1');
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Sends heartbeats, and kernel_info on control and shell, until its input ends, and prints how long the kernel's thread
 * worked at most while one waited.
 */
const ASK = `
  import { createHmac, randomUUID } from 'node:crypto';
  import { readFileSync } from 'node:fs';
  import { Dealer } from 'zeromq';
  const { pid, info } = JSON.parse(process.argv[1]);
  const now = () => {
    if (process.platform !== 'linux') return performance.now();
    return Number(readFileSync('/proc/' + pid + '/task/' + pid + '/schedstat', 'utf8').split(' ')[0]) / 1e6;
  };
  const kernelInfo = () => {
    const header = { msg_id: randomUUID(), session: 's', username: 'u', msg_type: 'kernel_info_request', version: '5.4' };
    const dicts = [header, {}, {}, {}].map((dict) => JSON.stringify(dict));
    return ['<IDS|MSG>', createHmac('sha256', info.key).update(dicts.join('')).digest('hex'), ...dicts];
  };
  let ended = false;
  process.stdin.on('end', () => { ended = true; }).resume();
  const worstOf = async (port, message) => {
    const socket = new Dealer({ linger: 0 });
    socket.connect('tcp://' + info.ip + ':' + port);
    let worst = 0;
    while (!ended) {
      const sent = now();
      await socket.send(message());
      await socket.receive();
      worst = Math.max(worst, now() - sent);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return worst;
  };
  const { hb_port, control_port, shell_port } = info;
  const worst = [worstOf(hb_port, () => 'beat'), worstOf(control_port, kernelInfo), worstOf(shell_port, kernelInfo)];
  console.log(Math.max(...(await Promise.all(worst))));
  process.exit();
`;

/**
 * The longest that the kernel's thread kept a heartbeat, control, or another client's kernel_info waiting while something
 * was done, in milliseconds. Asked by a process of its own, because this one is busy with what the kernel publishes.
 */
async function worstWhile(work: () => Promise<unknown>): Promise<number> {
  const { pid, info } = kernel;
  const asking = spawn(process.execPath, ['--input-type=module', '-e', ASK, JSON.stringify({ pid, info })]);
  const printed = text(asking.stdout);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await work().finally(() => asking.stdin.end());
  return Number(await printed);
}

test.each(tried)(
  '%s nested 100,000 deep are answered, and the next cell runs',
  async (_, form) => {
    const { client } = kernel;
    const code = form(DEPTH);
    const middle = Math.floor([...code].length / 2);
    const worst = await worstWhile(async () => {
      await client.execute(code);
      await client.request('complete_request', { code, cursor_pos: code.length });
      await client.request('inspect_request', { code, cursor_pos: middle, detail_level: 0 });
      await client.request('is_complete_request', { code });
    });
    const { reply } = await client.execute('1');
    expect(reply.content.status).toBe('ok');
    expect(worst).toBeLessThan(AT_ONCE);
  },
  FORM_MS,
);

/** Each word is an error of its own, for which the parser looks from the start: this takes it seconds, or minutes. */
const ENDLESS = `type A = ${'readonly '.repeat(16_000)}a[]`;

/** The compile processes of a kernel. */
function compilersOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const compiles = (child: string) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('/compile/main');
    return children.filter((child) => child !== '' && compiles(child)).map(Number);
  } catch {
    return []; // It, or one of them, is gone.
  }
}

/** False too for one that is dead and not yet waited for by whoever inherited it. */
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('an interrupt ends a cell that takes long to compile, before it began', async () => {
  const { client, pid } = kernel;
  for (const child of compilersOf(pid)) process.kill(child, 'SIGKILL');
  await until(() => compilersOf(pid).length === 0);
  const id = client.send('execute_request', { code: ENDLESS });
  await until(() => compilersOf(pid).length === 1);
  await client.request('interrupt_request', {}, { channel: 'control' });
  const { reply } = await client.finished(id);
  expect(reply.content).toMatchObject({ ename: 'KeyboardInterrupt', evalue: 'interrupted before the cell began' });
  expect((await client.execute('1')).reply.content.status).toBe('ok');
});

onLinux('a kernel that is killed leaves no compile process behind, though it is at work', async () => {
  const other = await startKernelProcess({ cwd: folder, env: { COKERNEL_DIAGNOSTICS: 'off' } });
  await other.client.execute('1');
  other.client.send('execute_request', { code: ENDLESS });
  await until(() => compilersOf(other.pid).length === 1);
  const [compiler] = compilersOf(other.pid) as [number];
  process.kill(other.pid, 'SIGKILL');
  await until(() => !isAlive(compiler));
  await other.stop();
});

test('a local file that nests too deeply is an error of the import, and completion lives with it', async () => {
  writeFileSync(join(folder, 'deep.ts'), `export const x = ${'['.repeat(12_000)}${']'.repeat(12_000)}`);
  const code = "import { x } from './deep.ts'";
  const { reply } = await kernel.client.execute(code);
  expect(reply.content.evalue).toContain('nested too deeply to be compiled');
  await kernel.client.request('complete_request', { code: `${code}; x.`, cursor_pos: code.length + 4 });
  expect((await kernel.client.execute('1')).reply.content.status).toBe('ok');
});

const LARGE: readonly (readonly [string, string, string])[] = [
  [
    '10,000 imports',
    Array.from({ length: 10_000 }, (_, n) => `import { join as join${n} } from 'node:path';`).join('\n'),
    'typeof join9999',
  ],
  ['50 MB of source text', `const s = '${'x'.repeat(50_000_000)}'`, 's.length'],
  [
    'displays of 50 MB',
    "const t = 'x'.repeat(50_000_000); display({ toHtml: () => t }); display({ toJSON: () => t })",
    '1',
  ],
  ['50 MB that are printed', "const u = 'x'.repeat(50_000_000); console.log(u)", '2'],
  ['50 MB on a comm', "new Comm('nobody', { data: { t } }).close()", '3'],
];

/** Of many statements the imports are a sample; declarations take longer, in the same parts of the kernel. */
const LONG: typeof LARGE = [
  ['100,000 declarations', Array.from({ length: 100_000 }, (_, n) => `const d${n} = ${n};`).join('\n'), 'd99999'],
];

test.each(process.env.COKERNEL_LONG ? [...LONG, ...LARGE] : LARGE)(
  '%s are there, and all channels are answered at once meanwhile',
  async (_, code, after) => {
    const worst = await worstWhile(async () => {
      const { reply } = await kernel.client.finished(kernel.client.send('execute_request', { code }), LARGE_MS);
      expect(reply.content.status).toBe('ok');
    });
    const { outputs } = await kernel.client.execute(after);
    expect(outputs.at(-1)?.content.data?.['text/plain']).toMatch(/^('function'|99999|50000000|1|2|3)$/);
    expect(worst).toBeLessThan(AT_ONCE);
  },
  2 * LARGE_MS,
);

test('what a client sends after a long request comes after it, and long requests that nobody signed are dropped', async () => {
  const { client } = kernel;
  const { frames } = client.frames('execute_request', { code: `'${'x'.repeat(2_000_000)}'` });
  client.sendRaw(frames.with(1, Buffer.from('0'.repeat(64))));
  const order = [];
  const ids = [`globalThis.long = '${'x'.repeat(5_000_000)}'.length`, 'globalThis.long'].map((code) =>
    client.send('execute_request', { code }),
  );
  for (const id of ids) order.push((await client.finished(id)).outputs.at(-1)?.content.data['text/plain']);
  expect(order).toEqual(['5000000', '5000000']);
  expect(kernel.log()).toContain('dropped a message on shell: its signature does not fit the key');
});
