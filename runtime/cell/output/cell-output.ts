// The way out of the cell process, put together: the port to the kernel with text gathered, the console, the streams.

import type { MessagePort } from 'node:worker_threads';
import type { CellEvent, ExecutionId } from '../../events.ts';
import { openTraceLog } from '../../trace-log.ts';
import type { Guard } from '../interrupt/guard.ts';
import type { Interrupts } from '../interrupt/interrupts.ts';
import { onIntrusion } from '../interrupt/intrusion.ts';
import { type ToWatcher, WAITING } from '../interrupt/shared-memory.ts';
import { type ConsoleParts, createConsole } from './console.ts';
import { flushBeforeSignals } from './flush-before-signals.ts';
import { gatherText, type TextPort } from './gather-text.ts';
import { createSender, type Sender } from './send.ts';
import { installStreams } from './std-streams.ts';

/** What the output is made of. */
export interface OutputParts {
  readonly interrupts: Interrupts;
  readonly guard: Guard;
  /** Called with each event that passes through `send`; not for `ask` and `sendWithNext`. */
  readonly sending: (event: CellEvent) => void;
  /** The text of an object that is printed. */
  readonly text: ConsoleParts['text'];
  /** What is drawn of one in a table. */
  readonly grid: ConsoleParts['grid'];
}

/** The output of this process. */
export interface CellOutput {
  readonly port: TextPort;
  /** Takes an answer that came while the main thread was free. */
  readonly answered: Sender['answered'];
  /** Prints what is left of a character whose remaining bytes did not come. */
  readonly finish: (execution: ExecutionId) => void;
}

/** Makes the port and replaces the global console and the streams of the process. */
export function openOutput(
  shared: Int32Array<SharedArrayBuffer>,
  watcher: MessagePort,
  { interrupts, guard, sending, text, grid }: OutputParts,
): CellOutput {
  const sender = createSender(shared, watcher, interrupts, guard);
  // The kernel process warns of names that are no topics.
  openTraceLog(process.env.COKERNEL_TRACE, (line) => sender.port.send({ type: 'log', line }));
  const outward = {
    ...sender.port,
    send(event: CellEvent, buffers?: readonly Uint8Array[]) {
      sending(event);
      sender.port.send(event, buffers);
    },
  };
  const port = gatherText(outward, {
    mark: (window) => void Atomics.store(shared, WAITING, window),
    announce: (window) => watcher.postMessage({ type: 'waiting', window } satisfies ToWatcher),
  });
  onIntrusion('cokernel text', () => {
    if (!sender.writing()) port.show();
  });
  globalThis.console = createConsole(port, { text, grid, through: interrupts.through });
  const { finish } = installStreams(port);
  flushBeforeSignals(port.flush, process);
  return { port, answered: sender.answered, finish };
}
