// One cell process and its five pipes: nothing on 0, bare output on 1 and 2, requests down on 3, events up on 4,
// control both ways on 5. What its messages mean is not known here.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CellEvent, Control, Request, WatcherEvent } from '../../runtime/events.ts';
import { createFrameReader, encodeFrame } from '../../runtime/frames.ts';
import type { Ending } from './ending.ts';
import type { CellHostOptions } from './host.ts';

export interface CellListener {
  event(event: CellEvent, buffers: readonly Uint8Array[]): void;
  watcher(event: WatcherEvent): void;
  descriptor(name: 'stdout' | 'stderr', chunk: Buffer): void;
  /** Called once, after the last event and the last chunk. */
  ended(ending: Pick<Ending, 'code' | 'signal' | 'heapFull' | 'failure'>): void;
}

export interface CellChild {
  request(request: Request, buffers?: readonly Uint8Array[]): void;
  control(control: Control): void;
  /** To the process and all that it started. */
  signalGroup(signal: NodeJS.Signals): void;
  kill(): void;
  /** Resolves when the process is gone. */
  readonly gone: Promise<void>;
}

const HEAP_FULL = 'FATAL ERROR:';
/** What the interrupt by termination needs (see runtime/cell/interrupt/guard.ts). */
const FLAGS = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning'];

/** Starts the process; it is fed at once, the pipes hold what comes before it is ready. */
export function spawnCell(options: CellHostOptions, nonce: string, listener: CellListener): CellChild {
  const main = fileURLToPath(options.main);
  const heap = `--max-old-space-size=${options.memoryLimit}`;
  const child = spawn(process.execPath, [...FLAGS, heap, main, nonce, String(options.memoryLimit)], {
    cwd: standing(options),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A process group of its own, so that a SIGINT to the kernel's group spares it, and a SIGINT to its own reaches
    // what it runs. Windows has none: there `detached` would open a console window. (Untested on Windows.)
    detached: process.platform !== 'win32',
  });
  const [, stdout, stderr, requests, events, control] = child.stdio as unknown as [
    null,
    Readable,
    Readable,
    Writable,
    Readable,
    Duplex,
  ];
  // Its end of the request pipe closed: a cell did that, and no further cell could reach it.
  (requests as Duplex).resume().once('end', () => killGroup(child, 'SIGKILL'));
  let heapFull = false;
  let failure: Error | undefined;
  events.on(
    'data',
    createFrameReader<CellEvent>(({ message, buffers }) => listener.event(message, buffers)),
  );
  control.on(
    'data',
    createFrameReader<WatcherEvent>(({ message }) => listener.watcher(message)),
  );
  stdout.on('data', (chunk: Buffer) => listener.descriptor('stdout', chunk));
  stderr.on('data', (chunk: Buffer) => {
    if (chunk.includes(HEAP_FULL)) heapFull = true;
    listener.descriptor('stderr', chunk);
  });
  // A broken pipe is told by the process's end.
  for (const pipe of [requests, control, events, stdout, stderr]) pipe.on('error', () => {});
  child.on('error', (error) => {
    failure = error;
  });
  const gone = new Promise<void>((resolve) => {
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      // What it started dies with it: a server left behind would hold its port, and this pipe, for ever.
      killGroup(child, 'SIGKILL');
      const finish = () => {
        clearTimeout(timer);
        listener.ended({ code, signal, heapFull, failure });
        resolve();
      };
      const timer = setTimeout(finish, PIPES_MS);
      child.once('close', finish);
    };
    child.once('exit', end);
    child.once('error', () => child.pid === undefined && end(null, null));
  });
  return {
    request: (request, buffers) => void requests.write(encodeFrame(request, buffers)),
    control: (message) => void control.write(encodeFrame(message)),
    signalGroup: (signal) => killGroup(child, signal),
    kill: () => killGroup(child, 'SIGKILL'),
    gone,
  };
}

/** The notebook's folder, or where that was removed the nearest one above: no process starts in a folder that is gone. */
function standing({ directory, log }: CellHostOptions): string {
  let folder = directory;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (folder !== directory) log(`the folder ${directory} is gone; cells run in ${folder}`);
  return folder;
}

/** A process that escaped its group may hold the pipes open: the end is told without it. */
const PIPES_MS = 500;

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') killTree(child.pid, signal);
    else process.kill(-child.pid, signal);
  } catch {
    // No such process: it is gone already.
  }
}

/** Windows has no process groups; SIGINT cannot be sent there, the restart that follows helps. (Untested.) */
function killTree(pid: number, signal: NodeJS.Signals): void {
  if (signal === 'SIGKILL') spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
}
