// The way up: events are written synchronously to the event pipe, so that they have left the process whatever happens
// next; and questions to the kernel process, which the main thread may await or block on.

import { writeSync } from 'node:fs';
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { AskQuestion, CellEvent } from '../../events.ts';
import { encodeFrame } from '../../frames.ts';
import type { Guard } from '../interrupt/guard.ts';
import type { Interrupts } from '../interrupt/interrupts.ts';
import { killGroup } from '../interrupt/kill-group.ts';
import { currentOwner } from '../interrupt/owner.ts';
import { dispatchInterruptMessage, type FromWatcher, WAKE } from '../interrupt/shared-memory.ts';
import { withDataApart } from './data-apart.ts';
import type { CellPort } from './port.ts';
import { makeError } from './refusal.ts';

const EVENTS = 4;
const FULL_MS = 1;

type AnswerMessage = Extract<FromWatcher, { readonly type: 'answer' }>;

export interface Sender {
  readonly port: CellPort;
  /** True while a frame is being written; nothing may be written into the middle of it. */
  writing(): boolean;
  /** Takes an answer that arrived while the main thread was free. */
  answered(message: AnswerMessage): void;
}

/** Makes the process's port. `watcher` delivers answers and is read directly while the main thread blocks. */
export function createSender(
  shared: Int32Array<SharedArrayBuffer>,
  watcher: MessagePort,
  interrupts: Interrupts,
  guard: Pick<Guard, 'asKernel'>,
): Sender {
  const waiting = new Map<number, (message: AnswerMessage) => void>();
  let asks = 0;
  let writing = false;
  let first: Buffer | undefined;
  const ask = (question: AskQuestion): number => {
    const number = ++asks;
    sender.port.send({ type: 'ask', id: number, execution: currentOwner().execution, question });
    return number;
  };
  const sender: Sender = {
    writing: () => writing,
    answered(message) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    },
    port: {
      execution: () => currentOwner().execution,
      send(event, buffers) {
        const frame = encodeFrame(...withDataApart(event satisfies CellEvent, buffers));
        // Half a frame would make everything after it unreadable.
        guard.asKernel(() => {
          writing = true;
          const whole = first ? Buffer.concat([first, frame]) : frame;
          first = undefined;
          writeUp(whole);
          writing = false;
        });
      },
      sendWithNext(event) {
        const frame = encodeFrame(event);
        guard.asKernel(() => {
          writing = true;
          first = first ? Buffer.concat([first, frame]) : frame;
          writing = false;
        });
      },
      ask(question) {
        const number = ask(question);
        return new Promise((resolve, reject) => {
          waiting.set(number, ({ value, error }) => (error === undefined ? resolve(value) : reject(makeError(error))));
        });
      },
      askNow(question) {
        const number = ask(question);
        for (;;) {
          const seen = Atomics.load(shared, WAKE);
          for (let got = next(watcher, interrupts); got !== undefined; got = next(watcher, interrupts)) {
            if (got.id !== number) sender.answered(got);
            else if (got.error === undefined) return got.value;
            else throw makeError(got.error);
          }
          const interrupted = interrupts.consumeWhileBlocked();
          if (interrupted) throw interrupted;
          Atomics.wait(shared, WAKE, seen);
        }
      },
    },
  };
  return sender;
}

/** The next answer. What the watcher says of interrupts meanwhile is heard too. */
function next(port: MessagePort, interrupts: Interrupts): AnswerMessage | undefined {
  for (;;) {
    const message = receiveMessageOnPort(port)?.message as FromWatcher | undefined;
    if (message === undefined || message.type === 'answer') return message;
    // A thread that is blocked agrees to no rest: it goes on without a callback of Node's.
    if (message.type !== 'rest') dispatchInterruptMessage(message, interrupts);
  }
}

const idle = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes to the kernel process. Without one, this process ends here, and with it what it started: an error that is thrown
 * while Node exits has Node end at once, before the watcher can do so.
 */
function writeUp(bytes: Uint8Array): void {
  try {
    writeWhole(EVENTS, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') killGroup();
    throw error;
  }
}

/** Writes all the bytes, blocking while the pipe is full. */
export function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      // A child process that shares the descriptor may have made it non-blocking.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(idle, 0, 0, FULL_MS);
    }
  }
}
