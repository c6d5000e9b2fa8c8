// The watcher: a small thread beside user code that hears interrupts while a cell spins, ends what no check can end,
// and watches memory. It runs no user code and touches no socket of the kernel's.

import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { Control, WatcherEvent } from '../../events.ts';
import { createFrameReader, encodeFrame } from '../../frames.ts';
import { intrude, SHOW_FLAG, SHOW_TEXT } from './intrusion.ts';
import {
  CONSUMED,
  clockWord,
  ENDING,
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
/** What neither a check nor the idle loop consumed so long after the flag was shown is terminated. */
const TERMINATE_MS = 100;
/** At a second interrupt. Not at once: a termination strikes what runs when it arrives, be it the next cell. */
const TERMINATE_AGAIN_MS = 5;
/**
 * Where the flag was not even shown by then, a native call holds the main thread, and what follows it shall not run.
 * Longer than the above, for the main thread may also wait for a processor. Less than when the kernel sends signals.
 */
const UNHEARD_MS = 300;
/** A cell that was struck and goes on gets the check again: its own code may have swallowed the error. */
const AGAIN_MS = 100;
/** Text that waits for so long is sent though the main thread spins: its own timer would have sent it by now. */
const TEXT_MS = 70;
/** Time for finally blocks. */
const FINALLY_MS = 2_000;
const MEMORY_MS = 200;
const MIB = 1024 * 1024;

const { shared, memoryLimit, port: main } = workerData as WatcherData;
const control = new Socket({ fd: CONTROL, readable: true, writable: true });
/** Open only while it is needed: it makes Node wait for a debugger as the process ends. */
let session: Session | undefined;
let ending: NodeJS.Timeout | undefined;
let again: NodeJS.Timeout | undefined;
let closing: NodeJS.Timeout | undefined;

control.on(
  'data',
  createFrameReader<Control>(({ message }) => hear(message)),
);
// The kernel process is gone: nothing that runs here has a reader any more.
control.on('close', endProcess);
control.on('error', endProcess);
main.on('message', hearMain);
setInterval(watchMemory, MEMORY_MS);
say({ type: 'watching' });

function hear(message: Control): void {
  if (message.type === 'answer') {
    tell({ ...message, type: 'answer' });
    wakeMain();
  } else raise(message.number, message.execution);
}

function raise(number: number, execution: number): void {
  // A cell that began since it was asked for is not meant; what was meant has ended.
  if (Atomics.load(shared, EXECUTING) > execution) {
    Atomics.store(shared, CONSUMED, number);
    say({ type: 'struck', number });
    return;
  }
  const second = Atomics.load(shared, STOP) !== 0 || Atomics.load(shared, ENDING) !== 0;
  Atomics.store(shared, RAISED_AT, clockWord());
  Atomics.store(shared, MEANT, execution);
  Atomics.store(shared, RAISED, number);
  Atomics.store(shared, STOP, second ? 2 : 1);
  // Consumed between the two: what clears STOP has come and gone.
  if (Atomics.load(shared, CONSUMED) >= number) Atomics.store(shared, STOP, 0);
  const strike = () => {
    if (Atomics.load(shared, CONSUMED) < number) terminate();
  };
  const unheard = setTimeout(strike, UNHEARD_MS);
  intrude(open(), SHOW_FLAG, () => {
    clearTimeout(unheard);
    setTimeout(strike, second ? TERMINATE_AGAIN_MS : TERMINATE_MS);
  });
  wakeMain();
  tell({ type: 'interrupt', number });
  if (second) tell({ type: 'force', execution });
}

function hearMain(message: ToWatcher): void {
  if (message.type === 'struck') struck(message.number);
  else if (message.type === 'parting') closeSession();
  else {
    setTimeout(() => {
      if (Atomics.load(shared, WAITING) === message.window) intrude(open(), SHOW_TEXT);
    }, TEXT_MS);
  }
}

/** When the interrupt is over and done with, if there was one. */
function closeIfOver(): void {
  const over = Atomics.load(shared, CONSUMED) >= Atomics.load(shared, RAISED) && Atomics.load(shared, ENDING) === 0;
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

/** The main thread consumed an interrupt; the cell's finally blocks may run for a while. */
function struck(number: number): void {
  say({ type: 'struck', number });
  clearTimeout(ending);
  clearTimeout(again);
  again = setTimeout(() => {
    if (Atomics.load(shared, ENDING) !== 0 && Atomics.compareExchange(shared, STOP, 0, 1) === 0)
      intrude(open(), SHOW_FLAG);
  }, AGAIN_MS);
  ending = setTimeout(() => {
    if (Atomics.load(shared, ENDING) === 0) return;
    tell({ type: 'force', execution: Atomics.load(shared, MEANT) });
    terminate();
  }, FINALLY_MS);
}

/**
 * Ends what the main thread runs, past every catch and finally. Only in guarded code or a flood of microtasks is it
 * of use: where the main thread is free it has consumed the interrupt already.
 */
function terminate(): void {
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

/** Buffers lie outside V8's heap, so that its own limit does not bound them. */
function watchMemory(): void {
  const resident = Math.round(process.memoryUsage.rss() / MIB);
  if (resident <= memoryLimit) return;
  control.write(encodeFrame({ type: 'over_memory', resident } satisfies WatcherEvent), endProcess);
}

function endProcess(): void {
  try {
    // With it goes what it started, unless that left the group.
    if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL');
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
