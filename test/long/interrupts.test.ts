// Random double interrupts over every kind of cell that does not end: each cell is answered, the notebook goes on, and
// its state is kept wherever V8 can end the code. What was traced in the round of a fault is printed. 5,000 rounds in
// `npm run test:long` and none in `npm test`, whose tests place the interruption. COKERNEL_SEED repeats a run,
// COKERNEL_ROUNDS sets how long it is.

import { afterAll, expect, test } from '@jest/globals';
import { cleanUp, type Exchange, type KernelProcess, type Received, startKernelProcess } from '../client.ts';
import { randomFrom } from '../random-from.ts';
import { KINDS } from './kinds.ts';

const ROUNDS = Number(process.env.COKERNEL_ROUNDS ?? (process.env.COKERNEL_LONG ? 5_000 : 0));
const SEED = Number(process.env.COKERNEL_SEED ?? 1);
/** A cell that has no answer by then is wedged: the last resort is a restart after 2.4 s, or 3.5 s of clean-up. */
const ANSWER_MS = 15_000;
const GAPS = [0, 0.001, 0.004, 0.01, 0.1, 0.1, 0.3, 0.6];
const DELAYS = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2];

let kernel: KernelProcess | undefined;
afterAll(async () => {
  await kernel?.stop();
  cleanUp();
});

const pause = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

async function start(): Promise<KernelProcess> {
  const made = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off', COKERNEL_TRACE: 'interrupt' } });
  await made.client.execute('1');
  return made;
}

/** Presses stop; resolves once the kernel has passed that on, or is gone: it first waits for cells that are still unread. */
function press({ client }: KernelProcess): Promise<unknown> {
  return client.request('interrupt_request', {}, { channel: 'control' }).catch(() => undefined);
}

const pidOf = ({ outputs }: Exchange) =>
  outputs.find(({ header }) => header.msg_type === 'execute_result')?.content.data['text/plain'];

test('there are at least 115 kinds of cells', () => {
  expect(KINDS.size).toBeGreaterThanOrEqual(115);
});

const testRounds = ROUNDS > 0 ? test : test.skip;
testRounds(
  `${ROUNDS} random double interrupts leave no notebook without an answer, and keep its state`,
  async () => {
    const random = randomFrom(SEED);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const names = [...KINDS.keys()];
    const faults: string[] = [];
    let restarts = 0;
    let longest = 0;
    kernel = await start();
    let pid = pidOf(await kernel.client.execute('process.pid'));
    const presses: Promise<unknown>[] = [];
    /** The cell behind the one that was stopped; pressed again where that has left what spins. */
    const next = async (from: KernelProcess, later: boolean): Promise<Exchange> => {
      const id = from.client.send('execute_request', { code: 'process.pid' });
      if (later) {
        await pause(0.1);
        presses.push(press(from));
      }
      const exchange = await from.client.finished(id, ANSWER_MS);
      if (exchange.reply.content.status === 'ok') return exchange;
      // A press found this cell, and another may find the next one, until each of them was passed on.
      await Promise.all(presses.splice(0));
      return from.client.execute('process.pid');
    };
    for (let round = 0; round < ROUNDS; round++) {
      const name = pick(names);
      const kind = KINDS.get(name) as NonNullable<ReturnType<typeof KINDS.get>>;
      const delay = pick(DELAYS) * 2 * random();
      const gaps = random() < 0.8 ? [pick(GAPS)] : [];
      const where = `round ${round} (seed ${SEED}): ${name}, after ${delay.toFixed(4)} s, again after ${gaps}`;
      const { client, log } = kernel;
      const logged = log().length;
      const fault = (what: string) => {
        faults.push(`${where}: ${what}`);
        process.stdout.write(`${where}: ${what}\n${log().slice(logged)}\n`);
      };
      (client.received as Received[]).length = 0;
      const id = client.send('execute_request', { code: kind.code, allow_stdin: true });
      await pause(delay);
      presses.push(press(kernel));
      for (const gap of gaps) {
        await pause(gap);
        presses.push(press(kernel));
      }
      const began = performance.now();
      try {
        const { reply } = await client.finished(id, ANSWER_MS);
        longest = Math.max(longest, performance.now() - began);
        if (reply.content.status === 'ok') fault('ended by itself');
        const exchange = await next(kernel, kind.later);
        const now = pidOf(exchange);
        if (now === undefined) fault(`the cell after it failed, ${exchange.reply.content.evalue}`);
        else if (now !== pid) {
          restarts += 1;
          if (!kind.native) fault(`state lost, ${reply.content.evalue}`);
        }
        pid = now ?? pid;
      } catch (error) {
        fault(`no answer; ${String(error).slice(0, 200)}`);
        await kernel.stop();
        kernel = await start();
        pid = pidOf(await kernel.client.execute('process.pid'));
      }
    }
    await Promise.all(presses);
    process.stdout.write(
      `interrupts: ${ROUNDS} rounds, ${faults.length} faults, ${restarts} restarts, longest wait ${(longest / 1000).toFixed(2)} s\n`,
    );
    expect(faults).toEqual([]);
  },
  24 * 3_600_000,
);
