// A worker of a page as a cell process: started, fed, interrupted, ended. It is what process/spawn.ts is for Node.

import type { Mail } from '../../runtime/cell/web/mail.ts';
import type { FromWorker, Start, ToWorker } from '../../runtime/cell/web/messages.ts';
import {
  ANSWERED,
  CLEANUP_MS,
  FORCED,
  PRESSED,
  PRESSED_FOR,
  STOP,
  TAKEN,
  wordsIn,
} from '../../runtime/cell/web/shared-words.ts';
import type { CompiledCell, ErrorReport, Interrupt } from '../../runtime/events.ts';
import type { CellChild, CellListener } from '../process/cell-child.ts';

/** A worker, as browsers have it. */
export interface PageWorker {
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: Start, ports: readonly PagePort[]): void;
  terminate(): void;
}

/** One end of the channel to a worker. */
export interface PagePort {
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  postMessage(message: ToWorker): void;
}

/** A cell process that also compiles. */
export interface WorkerChild extends CellChild {
  /** Compiles a cell; its error report where it is not TypeScript. Undefined if the worker ended meanwhile. */
  compile(source: string, name: string): Promise<CompiledCell | { readonly error: ErrorReport } | undefined>;
}

/** Starts a worker. Messages wait in it until it is ready. `leave` leaves mail for it, where `start` names a box. */
export function startWorker(
  worker: PageWorker,
  start: Omit<Start, 'type'>,
  listener: CellListener,
  leave: (mail: Mail) => void = () => {},
): WorkerChild {
  const { words, answer, shared } = wordsIn(start.memory);
  const compiling = new Map<number, (answer: Extract<FromWorker, { readonly type: 'compiled' }> | undefined) => void>();
  let compiles = 0;
  let cleanup: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;
  const { port1, port2 } = new MessageChannel() as unknown as { readonly port1: PagePort; readonly port2: PagePort };
  let settle: () => void = () => {};
  const gone = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const end = (code: number | null, failure?: Error) => {
    if (isGone) return;
    isGone = true;
    worker.terminate();
    clearTimeout(cleanup);
    for (const done of compiling.values()) done(undefined);
    listener.ended({ code, signal: null, heapFull: false, failure });
    settle();
  };
  /** By both ways: it may hear, or spin and ask for its mail. */
  const send = (mail: Mail) => {
    leave(mail);
    port1.postMessage(mail);
  };
  const force = (execution: number) => {
    Atomics.store(words, FORCED, execution);
    Atomics.store(words, STOP, 2);
    send({ type: 'force', execution });
  };
  const take = (message: FromWorker) => {
    switch (message.type) {
      case 'event': {
        const { event, buffers } = message;
        listener.event(event, buffers);
        if (event.type === 'exit') end(event.code);
        if (event.type === 'broken') end(null);
        return;
      }
      case 'compiled':
        compiling.get(message.id)?.(message);
        compiling.delete(message.id);
        return;
      case 'consumed':
        listener.watcher(message);
        clearTimeout(cleanup);
        if (message.execution !== 0) cleanup = setTimeout(() => force(message.execution), CLEANUP_MS);
        return;
      case 'ended':
        clearTimeout(cleanup);
        return;
      case 'failed':
        end(null, new Error(message.reason));
        return;
      default:
        message satisfies never;
    }
  };
  const interrupt = (message: Interrupt) => {
    Atomics.store(words, PRESSED_FOR, message.execution);
    Atomics.store(words, PRESSED, message.number);
    Atomics.store(words, STOP, 2);
    send(message);
  };
  port1.onmessage = ({ data }) => {
    if (isGone) return;
    take(data);
    if (!shared || data.type !== 'event') return;
    Atomics.add(words, TAKEN, 1);
    Atomics.notify(words, TAKEN);
  };
  worker.onerror = ({ message = 'it could not be loaded' }) => end(null, new Error(message));
  worker.postMessage({ type: 'start', ...start }, [port2]);
  return {
    request: (request, buffers = []) => port1.postMessage({ type: 'request', request, buffers }),
    control(message) {
      if (message.type === 'interrupt') interrupt(message);
      else if (message.type === 'answer') {
        // One of the two is what the worker waits for.
        if (shared && message.error === undefined) {
          const bytes = new TextEncoder().encode(JSON.stringify(message.value ?? ''));
          answer.set(bytes.subarray(0, answer.length));
          Atomics.store(words, ANSWERED, Math.min(bytes.length, answer.length) + 1);
          Atomics.notify(words, ANSWERED);
        }
        send(message);
      }
    },
    signalGroup() {},
    kill: () => end(null),
    gone,
    compile(source, name) {
      if (isGone) return Promise.resolve(undefined);
      const id = ++compiles;
      port1.postMessage({ type: 'compile', id, source, name });
      return new Promise((resolve) => {
        compiling.set(id, (answered) => {
          if (answered === undefined) resolve(undefined);
          else resolve('error' in answered ? { error: answered.error } : answered.compiled);
        });
      });
    },
  };
}
