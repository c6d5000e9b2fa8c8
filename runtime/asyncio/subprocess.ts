// createSubprocess: other programs, awaited. Thin on Node's child processes.

import { net, type Socket } from '#host/network';
import { type ChildProcess, folderForSocket, signalNumber, spawn } from '#host/programs';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import type { Loop } from './engine/loop.ts';
import { ForeignFuture } from './engine/promise.ts';
import { gather } from './gather.ts';
import { holdOpen } from './hold-open.ts';
import { BrokenPipeError, ConnectionResetError, osError, ProcessLookupError } from './os-error.ts';
import { checkLimit, DEFAULT_LIMIT, StreamReader } from './stream-reader.ts';
import { StreamWriter } from './stream-writer.ts';

/** How a program is started. */
export interface SubprocessOptions {
  /** Where its input comes from; default a pipe. */
  readonly stdin?: 'pipe' | 'inherit' | 'ignore' | undefined;
  /** Where its output goes; default a pipe. */
  readonly stdout?: 'pipe' | 'inherit' | 'ignore' | undefined;
  /** Where its errors go; default a pipe. `stdout`: where its output goes, in the order in which both are written. */
  readonly stderr?: 'pipe' | 'inherit' | 'ignore' | 'stdout' | undefined;
  /** The folder that it starts in; default this process's. */
  readonly cwd?: string | undefined;
  /** Its environment; default this process's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** How long a line of its output may be, in bytes; default 64 KiB. */
  readonly limit?: number | undefined;
}

/** A running program (Python: `asyncio.subprocess.Process`). */
export class Process {
  /** Writes to the program; null if it is no pipe. */
  readonly stdin: StreamWriter | null;
  /** Reads what it prints; null if it is no pipe. */
  readonly stdout: StreamReader | null;
  /** Reads its errors; null if it is no pipe. */
  readonly stderr: StreamReader | null;
  private readonly child: ChildProcess;
  private readonly waiters = new Set<ForeignFuture<number>>();
  private code: number | null = null;
  /** Closes this side of its pipes. */
  private readonly release: () => void;

  /** @internal */
  constructor(child: ChildProcess, loop: Loop, output: Socket | null, limit: number) {
    const { stdin, stderr } = child;
    const stdout = output ?? child.stdout;
    this.child = child;
    this.stdin = stdin === null ? null : new StreamWriter(stdin as Socket, { info: (name) => this.info(name) });
    this.stdout = stdout === null ? null : new StreamReader(stdout, limit);
    this.stderr = stderr === null ? null : new StreamReader(stderr, limit);
    this.release = () => {
      for (const stream of [stdin, stdout, stderr]) stream?.destroy();
    };
    const released = holdOpen(loop, () => {
      child.unref();
      this.release();
    });
    child.once('exit', (code, signal) => {
      this.code = code ?? -signalNumber(signal as NodeJS.Signals);
      for (const waiter of this.waiters) if (!waiter.done()) waiter.setResult(this.code);
    });
    // Its pipes may outlive it, in a program that it started.
    child.once('close', released);
  }

  private info(name: string): unknown {
    if (name === 'subprocess') return this;
    return name === 'pipe' ? this.child.stdin : undefined;
  }

  /** The number of the process. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The exit code, `-N` where signal N ended it, null while it runs. */
  get returncode(): number | null {
    return this.code;
  }

  /** Waits until it ends, and gives its exit code. A cancelled wait leaves it running. */
  wait(): Coroutine<number> {
    return internal(this.waiting(), internalCode('wait'));
  }

  private *waiting(): Generator<unknown, number, unknown> {
    if (this.code !== null) return this.code;
    const waiter = new ForeignFuture<number>(getRunningLoop(), `process ${this.pid}`);
    this.waiters.add(waiter);
    try {
      return yield* waiter;
    } finally {
      this.waiters.delete(waiter);
    }
  }

  /** Writes `input`, reads everything, waits for the end. What is no pipe gives null. */
  communicate(input?: Uint8Array | string): Coroutine<[stdout: Buffer | null, stderr: Buffer | null]> {
    return internal(this.talking(input), internalCode('communicate'));
  }

  private *talking(
    input: Uint8Array | string | undefined,
  ): Generator<unknown, [Buffer | null, Buffer | null], unknown> {
    const feeding = internal(this.feeding(input), internalCode('feed_stdin'));
    const output = internal(readAll(this.stdout), internalCode('read'));
    const errors = internal(readAll(this.stderr), internalCode('read'));
    const [, stdout, stderr] = yield* gather(feeding, output, errors);
    yield* this.wait();
    return [stdout, stderr];
  }

  /** A program need not read all of its input. */
  private *feeding(input: Uint8Array | string | undefined): Generator<unknown, void, unknown> {
    if (this.stdin === null) return;
    try {
      if (input !== undefined) this.stdin.write(input);
      yield* this.stdin.drain();
    } catch (error) {
      if (!(error instanceof BrokenPipeError || error instanceof ConnectionResetError)) throw error;
    }
    this.stdin.close();
  }

  /** Sends a signal, such as `SIGINT`. @throws ProcessLookupError once it has ended. */
  sendSignal(signal: NodeJS.Signals): void {
    if (this.code !== null) throw new ProcessLookupError();
    this.child.kill(signal);
  }

  /** Asks it to end (SIGTERM). @throws ProcessLookupError once it has ended. */
  terminate(): void {
    this.sendSignal('SIGTERM');
  }

  /** Ends it (SIGKILL). @throws ProcessLookupError once it has ended. */
  kill(): void {
    this.sendSignal('SIGKILL');
  }

  /** @internal Ends it and waits for that; nothing to do if it did not start. */
  *abandon(): Generator<unknown, void, unknown> {
    if (this.child.pid === undefined) return;
    this.release();
    if (this.code === null) this.kill();
    yield* this.wait();
  }

  toString(): string {
    return `<Process ${this.pid}>`;
  }
}

function* readAll(reader: StreamReader | null): Generator<unknown, Buffer | null, unknown> {
  return reader === null ? null : yield* reader.read();
}

/**
 * Starts a program; its streams are pipes unless said otherwise (Python: `asyncio.create_subprocess_exec`).
 * @throws FileNotFoundError, PermissionError.
 */
export function createSubprocess(
  program: string,
  args: readonly string[] = [],
  options: SubprocessOptions = {},
): Coroutine<Process> {
  return internal(starting(program, args, options, false), internalCode('create_subprocess_exec'));
}

/** Runs a line in the shell, as {@link createSubprocess} does a program (Python: `asyncio.create_subprocess_shell`). */
export function createSubprocessShell(line: string, options: SubprocessOptions = {}): Coroutine<Process> {
  return internal(starting(line, [], options, true), internalCode('create_subprocess_shell'));
}

function* starting(
  program: string,
  args: readonly string[],
  options: SubprocessOptions,
  shell: boolean,
): Generator<unknown, Process, unknown> {
  const { stdin = 'pipe', stdout = 'pipe', stderr = 'pipe', cwd, env, limit = DEFAULT_LIMIT } = options;
  checkLimit(limit);
  const loop = getRunningLoop();
  const both = stderr === 'stdout' && stdout === 'pipe' ? yield* socketPair(loop) : null;
  try {
    const outputs = both !== null ? [both.theirs, both.theirs] : [stdout, errorsTo(stderr, stdout)];
    const child = spawn(program, args, {
      stdio: [stdin, ...outputs],
      cwd,
      env: env as NodeJS.ProcessEnv | undefined,
      shell,
    });
    const started = new ForeignFuture<void>(loop, `start ${program}`);
    const running = new Process(child, loop, both?.ours ?? null, limit);
    child.once('spawn', () => started.done() || started.setResult(undefined));
    child.on('error', (error) => started.done() || started.setException(osError(error)));
    yield* startedOrEnded(started, running);
    return running;
  } catch (error) {
    both?.ours.destroy();
    throw error;
  } finally {
    both?.theirs.destroy();
  }
}

/** Nobody would know of a program whose start was cancelled: it is ended, and its end waited for, as in asyncio. */
function* startedOrEnded(started: ForeignFuture<void>, running: Process): Generator<unknown, void, unknown> {
  try {
    yield* started;
  } catch (error) {
    yield* running.abandon();
    throw error;
  }
}

type To = 'pipe' | 'inherit' | 'ignore';

/** Where errors go that need no pipe of two. */
function errorsTo(stderr: To | 'stdout', stdout: To): To | 1 {
  if (stderr !== 'stdout') return stderr;
  return stdout === 'inherit' ? 1 : stdout;
}

/**
 * A pipe that a program can have twice, as output and errors: one after the other, as they were written. Node makes
 * pipes for one descriptor each.
 */
function* socketPair(loop: Loop): Generator<unknown, { ours: Socket; theirs: Socket }, unknown> {
  const { createConnection, createServer } = net();
  const folder = folderForSocket();
  const joined = new ForeignFuture<{ ours: Socket; theirs: Socket }>(loop, 'pipe');
  let theirs: Socket | undefined;
  const failed = (error: Error): void => void (joined.done() || joined.setException(osError(error)));
  const server = createServer((ours) => {
    ours.on('error', () => {});
    if (joined.done() || theirs === undefined) ours.destroy();
    else joined.setResult({ ours, theirs });
  });
  server.on('error', failed).listen(folder.path, () => {
    theirs = createConnection(folder.path).on('error', failed);
  });
  try {
    return yield* joined;
  } catch (error) {
    theirs?.destroy();
    throw error;
  } finally {
    server.close();
    folder.remove();
  }
}

markLibrary(createSubprocess, createSubprocessShell);
