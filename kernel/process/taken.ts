// What a process and everything that it started take: memory and processor time, as the system tells them. Linux has
// /proc, macOS has ps; on Windows only this process is known.

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export interface Taken {
  /** Resident memory. */
  readonly bytes: number;
  readonly cpuSeconds: number;
}

interface Entry extends Taken {
  readonly pid: number;
  readonly parent: number;
}

/** The sum over a process and its descendants. */
export async function takenByTree(root: number): Promise<Taken> {
  const entries = process.platform === 'linux' ? fromProc() : process.platform === 'win32' ? own() : await fromPs();
  const inTree = new Set([root]);
  // A child may be listed before its parent.
  for (let size = 0; size !== inTree.size; ) {
    size = inTree.size;
    for (const { pid, parent } of entries) if (inTree.has(parent)) inTree.add(pid);
  }
  const taken = { bytes: 0, cpuSeconds: 0 };
  for (const { pid, bytes, cpuSeconds } of entries) {
    if (!inTree.has(pid)) continue;
    taken.bytes += bytes;
    taken.cpuSeconds += cpuSeconds;
  }
  return taken;
}

/** Ticks of the clock in a second, for programs, on every Linux. */
const TICKS = 100;

function fromProc(): Entry[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((name) => {
    try {
      // The name in parentheses may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      const resident = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${name}/status`, 'latin1'))?.[1];
      const [parent, user, system] = [stat[1], stat[11], stat[12]].map(Number) as [number, number, number];
      return [{ pid: Number(name), parent, bytes: Number(resident ?? 0) * 1024, cpuSeconds: (user + system) / TICKS }];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
}

/** Untested. */
async function fromPs(): Promise<Entry[]> {
  const text = await new Promise<string>((resolve) => {
    execFile('ps', ['-axo', 'pid=,ppid=,rss=,time='], (error, stdout) => resolve(error === null ? stdout : ''));
  });
  return psEntries(text);
}

/** The entries in what `ps -axo pid=,ppid=,rss=,time=` prints; its time is `1-02:03:04` or `2:03.45`. */
export function psEntries(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, kilobytes, days = '0', time] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line) ?? [];
    if (time === undefined) return [];
    const cpuSeconds = time.split(':').reduce((sum, part) => 60 * sum + Number(part), 0) + 86_400 * Number(days);
    return [{ pid: Number(pid), parent: Number(parent), bytes: 1024 * Number(kilobytes), cpuSeconds }];
  });
}

function own(): Entry[] {
  const { user, system } = process.cpuUsage();
  const cpuSeconds = (user + system) / 1e6;
  return [{ pid: process.pid, parent: process.ppid, bytes: process.memoryUsage.rss(), cpuSeconds }];
}
