// The watcher: a small thread beside user code that hears interrupts while a cell spins, ends what no check can end,
// and watches memory. It runs no user code and touches none of the kernel's sockets.

import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { Control, WatcherEvent } from '../../events.ts';
import { createFrameReader, encodeFrame } from '../../frames.ts';
import { openTraceLog, traceLog } from '../../trace-log.ts';
import { intrude, SHOW_FLAG, SHOW_TEXT } from './intrusion.ts';
import {
  CLEANING_UP,
  CONSUMED,
  clockWord,
  EXECUTING,
  type FromWatcher,
  MEANT,
  RAISED,
  RAISED_AT,
  SESSION,
  STOP,
  type ToWatcher,
  WAITING,
  WAKE,
  type WatcherData,
} from './shared-memory.ts';

const CONTROL = 5;
/** If neither a check nor the idle loop has consumed the interrupt this long after the flag was shown, code is terminated. */
const TERMINATE_MS = 100;
/** At a second interrupt. Not at once: a termination ends whatever runs when it arrives, even the next cell. */
const TERMINATE_AGAIN_MS = 5;
/**
 * If even the flag was not shown by then, a native call holds the main thread, and the code after that call must not run.
 * Longer than the above, because the main thread may also be waiting for a processor; shorter than the time after which
 * the kernel sends signals.
 */
const UNHEARD_MS = 300;
/** A cell that was interrupted and goes on is checked again: its own code may have swallowed the error. */
const AGAIN_MS = 100;
/** Text that has waited this long is sent although the main thread spins: its own timer would have sent it by now. */
const TEXT_MS = 70;
/** Time for clean-up. */
const CLEANUP_MS = 2_000;
const MEMORY_MS = 200;
const MIB = 1024 * 1024;

const { shared, memoryLimit, port: main } = workerData as WatcherData;
const control = new Socket({ fd: CONTROL, readable: true, writable: true });
/** Open only while it is needed: an open session makes Node wait for a debugger when the process exits. */
let session: Session | undefined;
let cleanup: NodeJS.Timeout | undefined;
let again: NodeJS.Timeout | undefined;
let closing: NodeJS.Timeout | undefined;

control.on(
  'data',
  createFrameReader<Control>(({ message }) => hear(message)),
);
// The kernel process is gone: nobody reads what this process would say.
control.on('close', endProcess);
control.on('error', endProcess);
main.on('message', hearMain);
openTraceLog(process.env.COKERNEL_TRACE, (line) => say({ type: 'log', line }));
setInterval(watchMemory, MEMORY_MS);
say({ type: 'watching' });

function hear(message: Control): void {
  if (message.type === 'answer') {
    tell({ ...message, type: 'answer' });
    wakeMain();
  } else raise(message.number, message.execution);
}

function raise(number: number, execution: number): void {
  // A cell that began after the person pressed stop is not meant; the one that was meant has ended.
  if (Atomics.load(shared, EXECUTING) > execution) {
    Atomics.store(shared, CONSUMED, number);
    traceLog.interrupt?.(`interrupt ${number} dropped: what it was for has ended`);
    say({ type: 'consumed', number });
    return;
  }
  const second = Atomics.load(shared, STOP) !== 0 || Atomics.load(shared, CLEANING_UP) !== 0;
  Atomics.store(shared, RAISED_AT, clockWord());
  Atomics.store(shared, MEANT, execution);
  Atomics.store(shared, RAISED, number);
  Atomics.store(shared, STOP, second ? 2 : 1);
  // Consumed in between: the code that clears STOP has run already.
  if (Atomics.load(shared, CONSUMED) >= number) Atomics.store(shared, STOP, 0);
  traceLog.interrupt?.(
    `interrupt ${number} raised${second ? ', during clean-up or before the first was consumed' : ''}`,
  );
  const terminateIfUnheard = () => {
    if (Atomics.load(shared, CONSUMED) < number) terminate();
  };
  const unheard = setTimeout(terminateIfUnheard, UNHEARD_MS);
  intrude(open(), SHOW_FLAG, () => {
    clearTimeout(unheard);
    traceLog.interrupt?.(`interrupt ${number} shown to the main thread`);
    setTimeout(terminateIfUnheard, second ? TERMINATE_AGAIN_MS : TERMINATE_MS);
  });
  wakeMain();
  tell({ type: 'interrupt', number });
  if (second) tell({ type: 'force', execution });
}

function hearMain(message: ToWatcher): void {
  if (message.type === 'consumed') consumed(message.number);
  else if (message.type === 'parting') closeSession();
  else {
    setTimeout(() => {
      if (Atomics.load(shared, WAITING) === message.window) intrude(open(), SHOW_TEXT);
    }, TEXT_MS);
  }
}

/** Closes the session once the last interrupt is over. */
function closeIfOver(): void {
  const over =
    Atomics.load(shared, CONSUMED) >= Atomics.load(shared, RAISED) && Atomics.load(shared, CLEANING_UP) === 0;
  if (over && ((clockWord() - Atomics.load(shared, RAISED_AT)) & 0x7fffffff) >= 2 * TERMINATE_MS) closeSession();
}

function closeSession(): void {
  clearInterval(closing);
  closing = undefined;
  session?.disconnect();
  session = undefined;
  Atomics.store(shared, SESSION, 0);
  Atomics.notify(shared, SESSION);
}

function open(): Session {
  closing ??= setInterval(closeIfOver, AGAIN_MS);
  if (session) return session;
  session = new Session();
  session.connectToMainThread();
  Atomics.store(shared, SESSION, 1);
  return session;
}

/** The main thread consumed an interrupt; from now on the cell's clean-up has its time. */
function consumed(number: number): void {
  say({ type: 'consumed', number });
  clearTimeout(cleanup);
  clearTimeout(again);
  again = setTimeout(() => {
    if (Atomics.load(shared, CLEANING_UP) !== 0 && Atomics.compareExchange(shared, STOP, 0, 1) === 0)
      intrude(open(), SHOW_FLAG);
  }, AGAIN_MS);
  cleanup = setTimeout(() => {
    if (Atomics.load(shared, CLEANING_UP) === 0) return;
    traceLog.interrupt?.(`clean-up took longer than ${CLEANUP_MS} ms`);
    tell({ type: 'force', execution: Atomics.load(shared, MEANT) });
    terminate();
  }, CLEANUP_MS);
}

/**
 * Ends what the main thread runs, past every catch and finally. It is meant for guarded code and floods of microtasks:
 * a main thread that is free has consumed the interrupt already.
 */
function terminate(): void {
  traceLog.interrupt?.('V8 is asked to terminate what the main thread runs');
  open().post('Runtime.terminateExecution');
}

function tell(message: FromWatcher): void {
  main.postMessage(message);
}

function wakeMain(): void {
  Atomics.add(shared, WAKE, 1);
  Atomics.notify(shared, WAKE);
}

function say(event: WatcherEvent): void {
  control.write(encodeFrame(event));
}

/** Buffers lie outside V8's heap, so V8's own limit does not bound them. */
function watchMemory(): void {
  const resident = Math.round(process.memoryUsage.rss() / MIB);
  if (resident <= memoryLimit) return;
  control.write(encodeFrame({ type: 'over_memory', resident } satisfies WatcherEvent), endProcess);
}

function endProcess(): void {
  try {
    // What it started ends with it, unless that left the group.
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
