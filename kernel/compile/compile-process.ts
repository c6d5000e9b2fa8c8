// The compile process as the kernel sees it. It parses and compiles the texts that are too long for the kernel process:
// the largest would hold up control and heartbeat, the deepest would crash it. It starts with the first such text,
// and is ended when none has come for a while.

import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { CellSyntaxError } from '../../runtime/compile/syntax-error.ts';
import { createFrameReader, encodeFrame } from '../../runtime/frames.ts';
import { nodeForTexts } from '../../runtime/host/node/oxc.ts';
import { isShort, TOO_DEEP } from '../../runtime/parser.ts';
import { signalGroup } from '../process/signal-group.ts';
import { type Task, type TaskError, type Tasks, unpackError, work } from './tasks.ts';

/** A task as it crosses to the process; its text is the frame's one buffer. */
export interface TaskRequest {
  readonly id: number;
  readonly task: Task;
  readonly needs: object;
}

export type TaskResult =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: TaskError };

interface Job {
  readonly request: TaskRequest;
  readonly text: string;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** Milliseconds without a task after which the process is ended: it takes about 100 MB. */
const IDLE_MS = 30_000;
/** Milliseconds after which a task is given up: 100,000 declarations take two seconds. */
const LONGEST_MS = 60_000;
/** UTF-16 units that are written to the process at a time, so that this process hears of others in between. */
const PIECE_UNITS = 1 << 20;
/**
 * V8's share of the stack, which is 8 MiB except on Windows. With this much, the code that visits the tree gets as deep
 * as the parser does. Beyond that the process crashes, as it does in the parser.
 */
const STACK = process.platform === 'win32' ? [] : ['--stack-size=7000'];
/** The signals and exit codes of a process whose stack overflowed. */
const OVERFLOWS: ReadonlySet<unknown> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 0xc00000fd]);

/**
 * Whether the process reads trees from the parser's memory. That is an experiment of the parser's, which ends the process
 * where its memory does not suffice (5,000 imports): the text is tried again without, and so is all that follows.
 */
let fromMemory = true;
/** How a process ends that gives itself up. */
const ABORTS: ReadonlySet<unknown> = new Set(['SIGABRT', 0xc0000409]);
let child: ChildProcess | undefined;
let jobs: Job[] = [];
let last = 0;
let ending: NodeJS.Timeout | undefined;

process.once('exit', kill);

/**
 * Does a task here where its text is short, else in the compile process.
 *
 * Rejects with the task's own error, with a CellSyntaxError where the text nests too deeply, and with an Error where the
 * process ended for another reason or took too long.
 */
export async function runTask<Name extends Task>(
  task: Name,
  text: string,
  needs: Tasks[Name]['needs'],
): Promise<Tasks[Name]['result']> {
  if (isShort(text)) return work[task](text, needs);
  return new Promise<Tasks[Name]['result']>((resolve, reject) => {
    last += 1;
    jobs.push({ request: { id: last, task, needs }, text, resolve, reject });
    if (jobs.length === 1) void begin();
  });
}

/** Gives up the first cell that is compiled or waits for it, as an interrupt asks. */
export function stopCompiling(): void {
  const cell = jobs.find(({ request }) => request.task === 'cell');
  if (cell === undefined) return;
  const interrupted = new Error('the compilation was interrupted');
  if (cell === jobs[0]) end(interrupted);
  else {
    jobs = jobs.filter((job) => job !== cell);
    cell.reject(interrupted);
  }
}

/** Sends the first task that waits. */
async function begin(): Promise<void> {
  const [job] = jobs;
  if (job === undefined) return;
  clearTimeout(ending);
  if (child === undefined) {
    // Starting a process blocks this one for 10 ms: other events get a turn first.
    await new Promise((resolve) => setImmediate(resolve));
    if (jobs[0] !== job) return;
  }
  try {
    child ??= start();
  } catch (error) {
    end(error as Error);
    return;
  }
  const { stdin } = child as ChildProcess & { readonly stdin: Writable };
  ref(child, true);
  ending = setTimeout(() => end(new Error(`the compiler took longer than ${LONGEST_MS / 1000} s`)), LONGEST_MS);
  const size = Buffer.byteLength(job.text);
  const frame = encodeFrame(job.request, [new Uint8Array(0)]);
  // The frame of an empty buffer, patched for the text: the buffer's length comes last, and is part of the total.
  frame.writeUInt32LE(frame.readUInt32LE(0) + size, 0);
  frame.writeUInt32LE(size, frame.length - 4);
  // Written together, they wake the process once.
  stdin.cork();
  process.nextTick(() => stdin.uncork());
  stdin.write(frame);
  for (let at = 0; at < job.text.length; ) {
    const to = pieceEnd(job.text, at);
    const piece = job.text.slice(at, to);
    // Node keeps what the process has not read yet, and later encodes all of it in one go: 40 ms for 50 MB.
    await new Promise<void>((resolve) => stdin.write(piece, () => setImmediate(resolve)));
    at = to;
    if (jobs[0] !== job) return;
  }
}

/** Where a piece of the text ends: never between the halves of a surrogate pair. */
function pieceEnd(text: string, from: number): number {
  const to = from + PIECE_UNITS;
  const unit = text.charCodeAt(to - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? to + 1 : to;
}

function start(): ChildProcess {
  const main = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './main.ts' : '../kernel/compile/main.js', import.meta.url),
  );
  const started = spawn(...nodeForTexts([...STACK, main, String(process.pid), ...(fromMemory ? [] : ['json'])]), {
    // Not the notebook's, which may be removed: no process starts in a folder that is gone.
    cwd: dirname(main),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
    detached: process.platform !== 'win32',
  });
  started.once('error', (error) => child === started && end(error));
  // Where no file descriptor is left, Node makes no pipes.
  if (started.stdio === undefined) throw new Error('the compiler could not be started: no file descriptor is left');
  started.stdin.on('error', () => {}); // Its exit says all.
  started.stdout.on('error', () => {});
  started.stdout.on(
    'data',
    createFrameReader<TaskResult>(({ message, buffers }) => child === started && settle(message, buffers)),
  );
  started.once('exit', (code, signal) => {
    if (child !== started) return;
    if (fromMemory && (ABORTS.has(signal) || ABORTS.has(code))) {
      fromMemory = false;
      child = undefined;
      return next();
    }
    const overflow = OVERFLOWS.has(signal) || OVERFLOWS.has(code);
    end(overflow ? new CellSyntaxError(TOO_DEEP, 1, 1) : new Error(`the compiler ended with ${signal ?? code}`));
  });
  return started;
}

/** The answer to the first task. The code, the map and the source of a cell lie in its buffers, and stay there. */
function settle(result: TaskResult, [code, map, source]: readonly Uint8Array[]): void {
  const job = jobs.shift();
  if ('error' in result) job?.reject(unpackError(result.error));
  else if (code === undefined || map === undefined || source === undefined) job?.resolve(result.value as never);
  else {
    const { compiled, after } = result.value as Tasks['cell']['result'];
    job?.resolve({ compiled: { ...compiled, code: '', map: '', long: [code, map, source] }, after } as never);
  }
  next();
}

/** The process ended under the first task, or is ended because of it. */
function end(error: Error): void {
  kill();
  jobs.shift()?.reject(error);
  next();
}

/** With esbuild, which it may have started: that might not react to the end of its pipe. */
function kill(): void {
  if (child !== undefined) signalGroup(child, 'SIGKILL');
  child = undefined;
}

function next(): void {
  clearTimeout(ending);
  if (jobs.length > 0) return void begin();
  if (child === undefined) return;
  // An idle compile process must not keep this process alive.
  ref(child, false);
  ending = setTimeout(kill, IDLE_MS).unref();
}

function ref(process: ChildProcess, wanted: boolean): void {
  const pipes = [process.stdin, process.stdout] as unknown as { ref(): void; unref(): void }[];
  for (const one of [process, ...pipes]) wanted ? one.ref() : one.unref();
}
