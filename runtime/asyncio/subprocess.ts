// createSubprocess: other programs, awaited. Thin on node:child_process.

import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Coroutine } from './engine/coroutine.ts';
import { getRunningLoop } from './engine/create-task.ts';
import { internal, internalCode, markLibrary } from './engine/internal.ts';
import { ForeignFuture } from './engine/promise.ts';
import { gather } from './gather.ts';
import { StreamReader, StreamWriter } from './streams.ts';

/** How a program is started. */
export interface SubprocessOptions {
  /** Where its input comes from; default a pipe. */
  readonly stdin?: 'pipe' | 'inherit' | 'ignore' | undefined;
  /** Where its output goes; default a pipe. */
  readonly stdout?: 'pipe' | 'inherit' | 'ignore' | undefined;
  /** Where its errors go; default a pipe. */
  readonly stderr?: 'pipe' | 'inherit' | 'ignore' | undefined;
  /** The folder that it starts in; default this process's. */
  readonly cwd?: string | undefined;
  /** Its environment; default this process's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** True: the program is a line for the shell (Python: `create_subprocess_shell`). */
  readonly shell?: boolean | undefined;
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

  /** @internal */
  constructor(child: ChildProcess) {
    this.child = child;
    this.stdin = child.stdin === null ? null : new StreamWriter(child.stdin as Writable);
    this.stdout = child.stdout === null ? null : new StreamReader(child.stdout as Readable);
    this.stderr = child.stderr === null ? null : new StreamReader(child.stderr as Readable);
    child.once('exit', (code, signal) => {
      this.code = code ?? -signalNumber(signal);
      for (const waiter of this.waiters) if (!waiter.done()) waiter.setResult(this.code);
    });
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

  /** Writes `input`, reads everything, waits for the end. */
  communicate(input?: Uint8Array | string): Coroutine<[stdout: Buffer, stderr: Buffer]> {
    return internal(this.talking(input), internalCode('communicate'));
  }

  private *talking(input: Uint8Array | string | undefined): Generator<unknown, [Buffer, Buffer], unknown> {
    if (this.stdin !== null) {
      if (input !== undefined) this.stdin.write(input);
      this.stdin.writeEof();
    }
    const output = this.stdout?.read() ?? internal(empty(), internalCode('read'));
    const errors = this.stderr?.read() ?? internal(empty(), internalCode('read'));
    const [stdout, stderr] = yield* gather(output, errors);
    yield* this.wait();
    return [stdout, stderr];
  }

  /** Sends a signal, such as `SIGINT`. */
  sendSignal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Asks it to end (SIGTERM). */
  terminate(): void {
    this.child.kill('SIGTERM');
  }

  /** Ends it (SIGKILL). */
  kill(): void {
    this.child.kill('SIGKILL');
  }

  toString(): string {
    return `<Process ${this.pid}>`;
  }
}

// biome-ignore lint/correctness/useYield: a body that has nothing to wait for.
function* empty(): Generator<unknown, Buffer, unknown> {
  return Buffer.alloc(0);
}

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15, SIGABRT: 6 };

function signalNumber(signal: string | null): number {
  return SIGNALS[signal ?? ''] ?? 1;
}

/** Starts a program; its streams are pipes unless said otherwise (Python: `asyncio.create_subprocess_exec`). */
export function createSubprocess(
  program: string,
  args: readonly string[] = [],
  options: SubprocessOptions = {},
): Coroutine<Process> {
  return internal(starting(program, args, options), internalCode('create_subprocess_exec'));
}

function* starting(
  program: string,
  args: readonly string[],
  options: SubprocessOptions,
): Generator<unknown, Process, unknown> {
  const { stdin = 'pipe', stdout = 'pipe', stderr = 'pipe', cwd, env, shell = false } = options;
  const child = spawn(program, [...args], {
    stdio: [stdin, stdout, stderr],
    cwd,
    env: (env ?? process.env) as NodeJS.ProcessEnv,
    shell,
  });
  const started = new ForeignFuture<void>(getRunningLoop(), `start ${program}`);
  const running = new Process(child);
  child.once('spawn', () => started.done() || started.setResult(undefined));
  child.once('error', (error) => started.done() || started.setException(error));
  yield* started;
  return running;
}

markLibrary(createSubprocess);
