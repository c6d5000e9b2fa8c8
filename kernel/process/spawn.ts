// One cell process and its pipes: nothing on descriptor 0, bare output on 1 and 2, requests down on 3, events up on 4,
// control both ways on 5. What the messages mean is not known here.

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CellEvent, WatcherEvent } from '../../runtime/events.ts';
import { createFrameReader, encodeFrame, type Frame, framePieces } from '../../runtime/frames.ts';
import type { CellChild, CellListener } from './cell-child.ts';
import { signalGroup } from './signal-group.ts';

const HEAP_FULL = 'FATAL ERROR:';
/** The first is what terminating code needs (runtime/cell/interrupt/guard.ts); the last, that no signal opens a debugger. */
const FLAGS = ['--no-force-async-hooks-checks', '--disable-warning=ExperimentalWarning', '--disable-sigusr1'];

/** What the process is started with. */
export interface SpawnOptions {
  /** The folder that imports start from and the process's working directory: the notebook's. */
  readonly directory: string;
  /** Limit of resident memory in MiB; beyond it the process is ended and the cell says so. */
  readonly memoryLimit: number;
  /** The cell process's main file: runtime/cell/main, built or as source. */
  readonly main: URL;
  /** A line for the kernel's own log. */
  readonly log: (line: string) => void;
}

/** Starts the process. It can be sent requests at once: the pipes hold them until it is ready. */
export function spawnCell(options: SpawnOptions, nonce: string, listener: CellListener): CellChild {
  const main = fileURLToPath(options.main);
  const heap = `--max-old-space-size=${options.memoryLimit}`;
  const child = spawn(process.execPath, [...FLAGS, heap, main, nonce, String(options.memoryLimit)], {
    cwd: existingFolder(options),
    // Windows: a plain pipe cannot be written while it is read, as the last one is; one that is written synchronously has
    // to be plain. Elsewhere the two words mean the same. (Untested on Windows.)
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'overlapped'],
    // A process group of its own, so that a SIGINT to the kernel's group does not reach it, and a SIGINT to its own group
    // reaches what it runs. Windows has no groups: there `detached` would open a console window. (Untested on Windows.)
    detached: process.platform !== 'win32',
  });
  if (child.stdio === undefined) return neverStarted(child, listener);
  const [, stdout, stderr, requests, events, control] = child.stdio as unknown as [
    null,
    Readable,
    Readable,
    Writable,
    Readable,
    Duplex,
  ];
  // The process closed its end of the request pipe. A cell did that, and no further cell could reach the process.
  (requests as Duplex).resume().once('end', () => signalGroup(child, 'SIGKILL'));
  let heapFull = false;
  let failure: Error | undefined;
  const unreadable = (error: unknown) => {
    // Nothing behind it can be read either.
    for (const pipe of [events, control]) pipe.removeAllListeners('data').resume();
    listener.unreadable(error instanceof Error ? error.message : String(error));
  };
  readFrames<CellEvent>(events, ({ message, buffers }) => listener.event(message, buffers), unreadable);
  readFrames<WatcherEvent>(control, ({ message }) => listener.watcher(message), unreadable);
  stdout.on('data', (chunk: Buffer) => listener.descriptor('stdout', chunk));
  stderr.on('data', (chunk: Buffer) => {
    if (chunk.includes(HEAP_FULL)) heapFull = true;
    listener.descriptor('stderr', chunk);
  });
  // A broken pipe means that the process ends, which is reported below.
  for (const pipe of [requests, control, events, stdout, stderr]) pipe.on('error', () => {});
  child.on('error', (error) => {
    failure = error;
  });
  const gone = new Promise<void>((resolve) => {
    let ended = false;
    const end = (code: number | null, signal: NodeJS.Signals | null) => {
      // What it started ends with it: a server left behind would hold its port, and this pipe, for ever.
      signalGroup(child, 'SIGKILL');
      const finish = () => {
        if (ended) return;
        ended = true;
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
    request: (request, buffers) => {
      // In one go: each write of its own would wake the process for a part of the frame.
      requests.cork();
      for (const piece of framePieces(request, buffers)) requests.write(piece);
      requests.uncork();
    },
    control: (message) => void control.write(encodeFrame(message)),
    signalGroup: (signal) => signalGroup(child, signal),
    kill: () => signalGroup(child, 'SIGKILL'),
    gone,
  };
}

/** Where no file descriptor is left, Node makes no pipes and says why in its next tick. */
function neverStarted(child: ChildProcess, listener: CellListener): CellChild {
  const gone = new Promise<void>((resolve) => {
    child.once('error', (failure) => {
      listener.ended({ code: null, signal: null, heapFull: false, failure });
      resolve();
    });
  });
  const nothing = () => {};
  return { request: nothing, control: nothing, signalGroup: nothing, kill: nothing, gone };
}

/** Reads frames until one cannot be read, or taken. */
function readFrames<Message>(
  pipe: Readable,
  deliver: (frame: Frame<Message>) => void,
  failed: (error: unknown) => void,
): void {
  const read = createFrameReader<Message>(deliver);
  pipe.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      failed(error);
    }
  });
}

/** The notebook's folder, or if that was removed the nearest one above: no process starts in a folder that is gone. */
function existingFolder({ directory, log }: SpawnOptions): string {
  let folder = directory;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (folder !== directory) log(`the folder ${directory} is gone; cells run in ${folder}`);
  return folder;
}

/** A process that left the group may hold the pipes open: the end is reported without waiting for it. */
const PIPES_MS = 500;
