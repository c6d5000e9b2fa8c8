// What pictures cost: node test/bench/picture.ts (add --expose-gc for memory). 100,000 sleepers traced and untraced,
// run alternately in one process; a picture of 1,000 tasks; a million events in memory; watch() beside 1,000 tasks.

import { coroutine, createTask, gather, getRunningLoop, run, sleep } from '../../runtime/asyncio/index.ts';
import { setHost } from '../../runtime/picture/record/picture-host.ts';
import { record } from '../../runtime/picture/record/record.ts';
import type { Recording } from '../../runtime/picture/record/recording.ts';
import { Trace } from '../../runtime/picture/trace/traced.ts';
import { watch } from '../../runtime/picture/watch/watch.ts';

const SLEEPERS = 100_000;
const ROUNDS = 7;

const sleepers = coroutine(function* (count: number, turns: number) {
  const sleeper = coroutine(function* (at: number) {
    for (let turn = 0; turn < turns; turn++) yield* sleep(1 + (at % 10) / 100);
  });
  yield* gather(...Array.from({ length: count }, (_, at) => sleeper(at)));
});

/** Milliseconds of work. Sleeping takes no time, because the clock is virtual. */
async function timed(count: number, turns: number, traced: boolean): Promise<{ ms: number; recording?: Recording }> {
  const main = coroutine(function* () {
    const recorder = traced ? record(getRunningLoop()) : undefined;
    const began = performance.now();
    yield* sleepers(count, turns);
    const ms = performance.now() - began;
    recorder?.stop();
    return { ms, recording: recorder?.recording() };
  });
  return run(main(), { clock: 'virtual' });
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function tracing(): Promise<void> {
  const [plain, traced]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const on of [false, true]) {
      globalThis.gc?.();
      const { ms } = await timed(SLEEPERS, 1, on);
      if (round > 0) (on ? traced : plain).push(ms);
    }
  }
  const [a, b] = [median(plain), median(traced)];
  console.log(
    `tracing ${SLEEPERS} sleepers: ${a.toFixed(0)} ms untraced, ${b.toFixed(0)} ms traced, ratio ${(b / a).toFixed(2)}`,
  );
}

async function drawing(): Promise<void> {
  const { recording } = await timed(1000, 6, true);
  if (recording === undefined) return;
  const times: number[] = [];
  let size = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    size = new Trace(recording).svg().length;
    times.push(performance.now() - began);
  }
  const html = new Trace(recording).html().length;
  console.log(
    `a picture of ${recording.records.length} events, 1,001 tasks: first ${times[0]?.toFixed(0)} ms, median ${median(times).toFixed(0)} ms, ` +
      `${(size / 1024).toFixed(0)} KiB of SVG, ${(html / 1024).toFixed(0)} KiB of HTML`,
  );
}

async function remembering(): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const { recording } = await timed(1000, 400, true);
  globalThis.gc?.();
  const after = process.memoryUsage();
  const used = (after.heapUsed - before) / 2 ** 20;
  console.log(
    `${recording?.records.length} events kept, ${recording?.dropped} dropped: ${used.toFixed(0)} MiB of heap, ${(after.rss / 2 ** 20).toFixed(0)} MiB resident in all`,
  );
}

async function watching(): Promise<void> {
  let spent = 0;
  let updates = 0;
  setHost({
    sourceOf: () => undefined,
    show: () => {},
    showLive: (value) => ({ update: () => shown(value) }),
    listen: () => {},
    bringsPlayer: () => true,
    kernel: '',
    onlyWidgets: false,
    stopHere: () => undefined,
    hear: () => () => {},
  });
  const shown = (value: unknown): void => {
    updates++;
    const began = performance.now();
    const display = (value as Record<symbol, () => unknown>)[Symbol.for('Jupyter.display')];
    JSON.stringify(display?.call(value));
    spent += performance.now() - began;
  };
  const busy = coroutine(function* () {
    const end = performance.now() + 3000;
    const task = coroutine(function* () {
      while (performance.now() < end) yield* sleep(0.01);
    });
    const all = Array.from({ length: 1000 }, (_, at) => createTask(task(), { name: `task-${at}` }));
    const live = watch({ every: 0.1 });
    yield* gather(...all);
    live.stop();
  });
  await run(busy());
  console.log(
    `watch() beside 1,000 busy tasks for 3 s: ${updates} updates, ${spent.toFixed(0)} ms of rendering (${(spent / 30).toFixed(2)} %)`,
  );
}

await remembering();
await tracing();
await drawing();
await watching();
