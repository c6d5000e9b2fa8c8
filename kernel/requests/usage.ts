// usage_request on control: what the kernel and all that it started take of the machine. The message is ipykernel's, for
// jupyter-resource-usage, which asks every few seconds and shows it in JupyterLab's sidebar.

import { cpus, freemem, hostname, totalmem } from 'node:os';
import { type Taken, takenByTree } from '../process/taken.ts';
import type { Handler } from './kernel.ts';

interface Sample {
  readonly taken: Taken;
  /** Milliseconds. */
  readonly at: number;
  readonly machine: { readonly busy: number; readonly all: number };
}

/** The shares of the processor are those since the question before; the first time since the kernel began. */
let last: Sample = { taken: { bytes: 0, cpuSeconds: 0 }, at: 0, machine: { busy: 0, all: 0 } };

export const usage: Handler = async ({ reply }) => {
  const sample: Sample = { taken: await takenByTree(process.pid), at: performance.now(), machine: machineTimes() };
  const seconds = (sample.at - last.at) / 1000;
  const spent = sample.taken.cpuSeconds - last.taken.cpuSeconds;
  const { busy, all } = { busy: sample.machine.busy - last.machine.busy, all: sample.machine.all - last.machine.all };
  last = sample;
  reply({
    status: 'ok',
    hostname: hostname(),
    pid: process.pid,
    // Less than before where a process has ended meanwhile.
    kernel_cpu: Math.max(0, (100 * spent) / seconds),
    kernel_memory: sample.taken.bytes,
    host_cpu_percent: all > 0 ? (100 * busy) / all : 0,
    cpu_count: cpus().length,
    host_virtual_memory: machineMemory(),
  });
};

function machineTimes(): Sample['machine'] {
  let busy = 0;
  let all = 0;
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    all += sum;
    busy += sum - times.idle;
  }
  return { busy, all };
}

/** In psutil's words, in bytes. */
function machineMemory() {
  const total = totalmem();
  const available = freemem();
  const used = total - available;
  return {
    total,
    available,
    free: available,
    used,
    active: used,
    inactive: 0,
    wired: 0,
    percent: (100 * used) / total,
  };
}
