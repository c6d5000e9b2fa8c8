// The watcher: a small thread beside user code that hears interrupts while a cell spins, speaks to the main thread in the
// middle of what that runs, and watches memory. It runs no user code and touches none of the kernel's sockets. What it
// does about an interrupt is in watch-interrupts.ts.

import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import type { Control, WatcherEvent } from '../../events.ts';
import { createFrameReader, encodeFrame } from '../../frames.ts';
import { openTraceLog, traceLog } from '../../trace-log.ts';
import { createRelay } from '../debug/relay.ts';
import { createIntruder } from './intrusion.ts';
import { killGroup } from './kill-group.ts';
import { createPatientTimers, mainThread, ONE_CHANCE, OWN_WORK } from './patient-timer.ts';
import {
  clockWord,
  type FromWatcher,
  LIMITED,
  TOLD_AT,
  type ToWatcher,
  WAITING,
  WAKE,
  type WatcherData,
} from './shared-memory.ts';
import { AGAIN_MS, createWatch } from './watch-interrupts.ts';
import { watchMemory } from './watch-memory.ts';

const CONTROL = 5;
/** Text that has waited this long is sent although the main thread spins: its own timer would have sent it by now. */
const TEXT_MS = 70;
const MIB = 1024 * 1024;

const { shared, memoryLimit, home, port: main } = workerData as WatcherData;
const parent = process.ppid;
const control = new Socket({ fd: CONTROL, readable: true, writable: true });

const connect = () => {
  const session = new Session();
  session.connectToMainThread();
  return session;
};
const { intrude, closeSoon } = createIntruder(connect);
const relay = createRelay({ connect, say, wake: wakeMain, home, now: () => performance.now() });
const hooks = {
  thread: mainThread,
  now: () => performance.now(),
  setTimeout: (call: () => void, milliseconds: number) => Number(setTimeout(call, milliseconds)),
  clearTimeout,
};
const timers = createPatientTimers(hooks, ONE_CHANCE);
const limits = createPatientTimers(hooks, OWN_WORK);
const watch = createWatch({
  hear: (number, execution) =>
    intrude('cokernel hear', [number, execution], () =>
      traceLog.interrupt?.(`interrupt ${number} shown to the main thread`),
    ),
  force: (execution) => intrude('cokernel force', [execution]),
  terminate: (number, done) => intrude('cokernel terminate', [number], (value) => done(value === 1)),
  post: tell,
  consumed: (number, execution) => say({ type: 'consumed', number, execution }),
  idle() {
    closeSoon();
    relay.unhush();
  },
  ...timers,
});

control.on(
  'data',
  createFrameReader<Control>(({ message }) => onControl(message)),
);
// The kernel process is gone: nobody reads what this process would say.
control.on('close', killGroup);
control.on('error', killGroup);
main.on('message', onMainMessage);
openTraceLog(process.env.COKERNEL_TRACE, (line) => say({ type: 'log', line }));
const memory = watchMemory({
  look: lookAround,
  worked() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  // Not a thread that is blocked: it does not rest.
  ask: (rest) => main.postMessage({ type: 'rest', rest } satisfies FromWatcher),
  setTimeout: hooks.setTimeout,
  clearTimeout,
});

function onControl(message: Control): void {
  if (message.type === 'answer') tell({ ...message, type: 'answer' });
  else if (message.type === 'debug_call') relay.call(message);
  else if (message.type === 'debug_end') relay.end();
  else {
    Atomics.store(shared, TOLD_AT, clockWord());
    // In this order on the main thread: nothing pauses any more, the interrupt is heard, what stands goes on.
    relay.hush();
    watch.interrupt(message.number, message.execution);
    relay.release();
  }
}

function onMainMessage(message: ToWatcher): void {
  if (message.type === 'consumed') watch.consumed(message.number, message.execution);
  else if (message.type === 'ended') watch.ended(message.execution);
  else if (message.type === 'rests' || message.type === 'works') memory[message.type](message.rest);
  else if (message.type === 'limit') limits.setTimeout(() => endCall(message.number), message.milliseconds);
  else if (message.type === 'exit') killGroup();
  else {
    setTimeout(() => {
      if (Atomics.load(shared, WAITING) !== message.window) return;
      intrude('cokernel text', []);
      closeSoon();
    }, TEXT_MS);
  }
}

/** Has the main thread end a call whose time is over, again until it does not run any more. */
function endCall(number: number): void {
  if (Atomics.load(shared, LIMITED) !== number) return;
  // Whoever stands at a breakpoint has all the time in the world.
  if (!relay.isStanding()) {
    intrude('cokernel limit', [number]);
    closeSoon();
  }
  setTimeout(() => endCall(number), AGAIN_MS);
}

/** To the main thread, which may be blocked in a question. */
function tell(message: FromWatcher): void {
  main.postMessage(message);
  wakeMain();
}

function wakeMain(): void {
  Atomics.add(shared, WAKE, 1);
  Atomics.notify(shared, WAKE);
}

function say(event: WatcherEvent): void {
  control.write(encodeFrame(event));
}

/**
 * Buffers lie outside V8's heap, so V8's own limit does not bound them. And a cell that closes the control pipe's descriptor
 * keeps its end from being heard.
 */
function lookAround(): void {
  if (process.ppid !== parent) killGroup();
  const resident = Math.round(process.memoryUsage.rss() / MIB);
  if (resident <= memoryLimit) return;
  control.write(encodeFrame({ type: 'over_memory', resident } satisfies WatcherEvent), killGroup);
}
