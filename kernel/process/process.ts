// The cell process's life: spawned, fed, ended, replaced. What becomes of an interrupt is in interrupt.ts, what a
// process's end is called in ending.ts, what its bare descriptors print in descriptors.ts.

import { randomBytes } from 'node:crypto';
import type { CellEvent, Done, LiveAnswer } from '../../runtime/events.ts';
import { createDescriptors } from './descriptors.ts';
import { describeEnding } from './ending.ts';
import { createLevers } from './escalation.ts';
import type { CellHost, CellHostOptions, GivenCell, HandedCell } from './host.ts';
import { createLine } from './in-flight.ts';
import { type CellChild, spawnCell } from './spawn.ts';

/** How long an orderly end may take: finally blocks get 2 s in the cell process. */
const SHUTDOWN_MS = 2_300;
/** A process that ends this soon, this often in a row, would do so for ever. */
const EARLY_END_MS = 1_000;
const EARLY_ENDS = 3;

/** Makes the one cell host of a kernel. */
export function createCellHost(options: CellHostOptions): CellHost {
  const nonce = randomBytes(9).toString('base64url');
  const questions = new Map<number, (answer: LiveAnswer | undefined) => void>();
  let child: CellChild | undefined;
  const line = createLine(options.sink);
  let last = 0; // The execution whose turn it was last.
  let asked = 0;
  let closing = false;
  let earlyEnds = 0;
  let overMemory: number | undefined;
  let exitCode: number | undefined;

  const descriptors = createDescriptors(nonce, (name, text, passed) =>
    line.take({ type: 'stream', execution: line.behind(passed) ?? last, name, text }, []),
  );
  const levers = createLevers({
    send: (interrupt) => child?.control(interrupt),
    signal: () => child?.signalGroup('SIGINT'),
    restart: () => child?.kill(),
  });

  const start = () => {
    overMemory = undefined;
    exitCode = undefined;
    const started = performance.now();
    const born = spawnCell(options, nonce, {
      event: (event, buffers) => take(event, buffers),
      watcher: (event) => {
        if (event.type === 'over_memory') overMemory = event.resident;
        if (event.type === 'struck') levers.struck(event.number);
      },
      descriptor: (name, chunk) => descriptors.read(name, chunk),
      ended: (ending) => {
        if (performance.now() - started > EARLY_END_MS) earlyEnds = 0;
        else earlyEnds += 1;
        ended(
          born,
          describeEnding({ ...ending, exitCode, overMemory, interrupted: levers.restarting() }, options.memoryLimit),
        );
      },
    });
    descriptors.reset();
    child = born;
  };

  const take = (event: CellEvent, buffers: readonly Uint8Array[]) => {
    switch (event.type) {
      case 'done':
        return void finish(event);
      case 'live_answer':
        return questions.get(event.question)?.(event);
      case 'exit':
        exitCode = event.code;
        return;
      case 'ready':
      case 'bye':
        return;
      default:
        line.take(event, buffers);
    }
  };

  const finish = async ({ execution, outcome, fenced }: Done) => {
    line.done(execution, outcome);
    await descriptors.fenced(execution, fenced);
    line.end(execution);
    levers.rest(execution);
  };

  const ended = (gone: CellChild, error: ReturnType<typeof describeEnding>) => {
    if (gone !== child) return;
    child = undefined;
    for (const answer of questions.values()) answer(undefined);
    descriptors.end();
    levers.end();
    if (closing) return void line.cut({ status: 'error', error });
    options.log(error.evalue);
    options.restarted();
    // A process that cannot live is started again only for the next cell, so that nothing spins.
    if (earlyEnds < EARLY_ENDS) start();
    if (!line.cut({ status: 'error', error })) options.sink({ type: 'late_error', execution: last, error }, []);
  };

  const handOver = (cell: GivenCell): HandedCell => {
    // Nobody would end a process that began now.
    if (closing) return { turn: async () => ({ status: 'unrun' }) };
    if (!child) start();
    const handed = line.add(cell);
    const { long = [], ...compiled } = cell.compiled;
    child?.request({ ...cell, compiled, after: handed.after }, long);
    return {
      turn() {
        last = cell.execution;
        levers.ready(last);
        return handed.turn();
      },
    };
  };

  return {
    start,
    handOver,
    busy: () => line.last() > 0,
    // Whichever of those that it has runs by the time it hears it: the front end's person means what runs.
    interrupt: async () => levers.pull(line.last()),
    comm: (message, buffers) => child?.request(message, buffers),
    answer: (ask, answer) => child?.control({ type: 'answer', ask, ...answer }),
    live: (question, milliseconds) =>
      new Promise((resolve) => {
        const number = ++asked;
        const timer = setTimeout(() => answer(undefined), milliseconds);
        const answer = (found: LiveAnswer | undefined) => {
          clearTimeout(timer);
          questions.delete(number);
          resolve(found);
        };
        questions.set(number, answer);
        if (child) child.request({ type: 'live', question: number, ...question });
        else answer(undefined);
      }),
    async shutdown() {
      closing = true;
      levers.end();
      const dying = child;
      if (!dying) return;
      dying.request({ type: 'shutdown' });
      const timer = setTimeout(() => dying.kill(), SHUTDOWN_MS);
      await dying.gone;
      clearTimeout(timer);
    },
  };
}
