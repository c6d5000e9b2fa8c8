// A main thread that runs none of a person's code and reads numbered lines, while intrusions arrive in batches, as they do
// after a busy machine has kept the thread waiting. Prints how many lines were lost and how many terminations there were.

import { MessageChannel, Worker } from 'node:worker_threads';
import { createInterruptible } from '../../../runtime/cell/interrupt/interruptible.ts';

const BATCHES = 100;
const watcher = `
  const { Session } = require('node:inspector');
  const { parentPort } = require('node:worker_threads');
  const session = new Session();
  session.connectToMainThread();
  // Waiting for an answer keeps no thread alive.
  setInterval(() => {}, 1000);
  let batch = 0;
  const intrude = () => {
    batch += 1;
    const calls = ['cokernel hear', 'cokernel terminate'].map((name) => \`this['\${name}'](\${batch}, 5)\`);
    let running = calls.length;
    const done = () => {
      if (--running > 0) return;
      if (batch < ${BATCHES}) setTimeout(intrude, 2);
      else parentPort.postMessage(batch);
    };
    for (const expression of calls) session.post('Runtime.evaluate', { expression }, done);
  };
  intrude();`;

let terminations = 0;
const shared = new Int32Array(new SharedArrayBuffer(64));
const { port1 } = new MessageChannel();
port1.unref();
// All code here is the kernel's.
const { guard } = createInterruptible(shared, port1, 'file:///', {
  afterTermination: () => {
    terminations += 1;
  },
  broken: () => process.exit(1),
  consumed: () => {},
});

let last = 0;
let lost = 0;
let rest = '';
process.stdin.setEncoding('latin1').on('data', (text: string) =>
  guard.asKernel(() => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      lost += Number(line) - last - 1;
      last = Number(line);
    }
  }),
);
new Worker(watcher, { eval: true }).once('message', () => {
  // Node waits for an open session when a process exits.
  process.stdout.write(JSON.stringify({ read: last > 0, lost, terminations }), () =>
    process.kill(process.pid, 'SIGKILL'),
  );
});
