// A notebook that runs for a day: 20,000 cells of every kind in one kernel, with questions, comms and interrupts between
// them. Each is answered, the kernel process does not grow, and it ends when it is asked to. Memory is read where the
// system tells it. 500 cells with COKERNEL_CELLS=500; none in `npm test`.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { type Client, cleanUp, type KernelProcess, type Received, startKernelProcess } from '../client.ts';

const CELLS = Number(process.env.COKERNEL_CELLS ?? (process.env.COKERNEL_LONG ? 20_000 : 0));
/** By then everything is loaded, and what is kept within bounds has reached them. */
const SETTLED = CELLS / 8;
const BATCH = 25;

let kernel: KernelProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), 'cokernel-soak-'));
afterAll(async () => {
  await kernel?.stop();
  cleanUp();
  rmSync(folder, { recursive: true, force: true });
});

/** Cells by their number, as different as a day's are. */
const KINDS: readonly ((n: number) => string)[] = [
  (n) => `1 + ${n}`,
  (n) => `const a${n % 500}: number = ${n}; a${n % 500}`,
  (n) => `console.log(${n})`,
  (n) => `await new Promise((resolve) => setTimeout(resolve, 0)); ${n}`,
  (n) => `throw new Error('e${n}')`,
  (n) => `const t${n % 300}: string = ${n}`,
  (n) => `import * as p${n % 200} from 'node:path'; p${n % 200}.sep`,
  (n) => `display(html\`<b>\${${n}}</b>\`)`,
  (n) => `class C${n % 300} { x = ${n} } new C${n % 300}()`,
  (n) => `function f${n % 300}(n: number) { return n + ${n} } f${n % 300}(1)`,
  () => `import { sleep, gather } from 'cokernel'; await gather(sleep(0), sleep(0))`,
  (n) => `import { createTask, sleep as nap } from 'cokernel'; const task${n % 50} = createTask(nap(0.01))`,
  (n) => `syntax error here ${n} (`,
  () => `[...Array(100).keys()].map((x) => ({ x, y: String(x) }))`,
  () => `process.stdout.write('x'.repeat(1000))`,
  () => `process.stderr.write('warning\\n'); require('node:fs').writeSync(1, 'bare\\n')`,
  () => `setTimeout(() => console.log('late'), 0)`,
  (n) => `void Promise.reject(new Error('unhandled ${n}'))`,
  (n) => `new Comm('t${n}').close()`,
  () => `for (const s of progress([1, 2, 3])) {}`,
  () => `eval('1 + 1')`,
  (n) => `table([{ a: ${n} }])`,
  (n) => `undefinedName${n}`,
  (n) => `enum E${n % 100} { A = ${n} } E${n % 100}.A`,
  (n) => `const d${n % 100} = display('at first', { id: 'd${n}' }); d${n % 100}`,
  () => `'${'y'.repeat(20_000)}'`,
];

/** What a front end asks beside the cells. */
const QUESTIONS: readonly ((client: Client, n: number) => string)[] = [
  (client, n) => client.send('complete_request', { code: `a${n % 500}.to`, cursor_pos: `a${n % 500}.to`.length }),
  (client, n) => client.send('inspect_request', { code: `f${n % 300}`, cursor_pos: 2, detail_level: 0 }),
  (client, n) => client.send('is_complete_request', { code: `if (${n}) {` }),
  (client) => client.send('kernel_info_request'),
  (client) => client.send('comm_info_request'),
  (client) => client.send('history_request', { hist_access_type: 'tail', n: 10, output: true, raw: true }),
  (client, n) => client.send('complete_request', { code: `process.${n % 2 ? 'ver' : ''}`, cursor_pos: 8 }),
];

/** Resident memory of a process in MiB. */
function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Resolves when all of these requests have their reply and their idle; the client's memory is cleared then. */
async function finished(client: Client, ids: readonly string[]): Promise<Map<string, string>> {
  for (const id of ids) await client.finished(id, 120_000);
  const replies = client.received.filter(({ channel }) => channel === 'shell');
  const statuses = new Map(replies.map(({ parent_header, content }) => [String(parent_header.msg_id), content.status]));
  (client.received as Received[]).length = 0;
  return statuses;
}

/** A cell that would never end, stopped. */
async function interrupted(client: Client, code: string): Promise<string> {
  const id = client.send('execute_request', { code, stop_on_error: false });
  const begins = ({ header, parent_header }: Received) =>
    parent_header.msg_id === id && header.msg_type === 'execute_input';
  await client.until(begins);
  client.send('interrupt_request', {}, { channel: 'control' });
  return (await client.finished(id)).reply.content.ename;
}

const testCells = CELLS > 0 && process.platform === 'linux' ? test : test.skip;
testCells(
  `${CELLS} cells leave the kernel process within 1.3 times the most that it took in the first eighth`,
  async () => {
    kernel = await startKernelProcess({ cwd: folder, env: { COKERNEL_HISTORY: join(folder, 'history.sqlite') } });
    const { client, pid } = kernel;
    const peaks: number[] = [];
    let peak = 0;
    const wrong: string[] = [];
    for (let n = 0; n < CELLS; ) {
      const cells = new Map<string, string>();
      for (let place = 0; place < BATCH; place++, n++) {
        const code = (KINDS[(n * 7 + Math.floor(n / BATCH)) % KINDS.length] as (n: number) => string)(n);
        cells.set(client.send('execute_request', { code, stop_on_error: false, allow_stdin: n % 2 === 0 }), code);
      }
      const ask = QUESTIONS[(n / BATCH) % QUESTIONS.length] as (client: Client, n: number) => string;
      const statuses = await finished(client, [...cells.keys(), ask(client, n)]);
      for (const [id, code] of cells) {
        const expected = /^(throw|syntax|undefinedName)/.test(code) ? 'error' : 'ok';
        if (statuses.get(id) !== expected) wrong.push(`${code}: ${statuses.get(id)}`);
      }
      if (n % (4 * BATCH) === 0) {
        const spins = n % (8 * BATCH) === 0 ? 'for (;;) {}' : 'await new Promise(() => {})';
        const ename = await interrupted(client, spins);
        if (ename !== 'KeyboardInterrupt') wrong.push(`${spins}: ${ename}`);
      }
      peak = Math.max(peak, residentOf(pid));
      if (n % SETTLED < BATCH) {
        peaks.push(Math.round(peak));
        peak = 0;
      }
    }
    const begun = performance.now();
    await kernel.stop();
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    const [settled, ...after] = peaks as [number, ...number[]];
    process.stdout.write(
      `soak: ${CELLS} cells, at most MiB in each eighth: ${peaks.join(' ')}; shutdown ${seconds} s\n`,
    );
    expect(wrong).toEqual([]);
    expect(await kernel.exited).toBe(0);
    expect(Math.max(...after)).toBeLessThan(1.3 * settled);
  },
  3_600_000,
);
