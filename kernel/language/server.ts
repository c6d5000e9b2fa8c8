// The language server as a child process: started when first needed, ended when nobody has asked for a while, restarted
// with back-off when it ends or hangs, and never waited for longer than a request allows. What is asked of it is in the
// other files.

import { type ChildProcess, spawn } from 'node:child_process';
import { findServer } from './binary.ts';
import { capabilities, configuration } from './capabilities.ts';
import { createRpc, type Rpc } from './rpc.ts';

/** TypeScript's language server, whether or not it is running. */
export interface Server {
  /**
   * For each question, before it is asked: starts the server unless it runs or a back-off holds. Resolves when it runs, or
   * after `milliseconds`.
   */
  ready(milliseconds: number): Promise<void>;
  /** The answer, or undefined where there is none within `milliseconds`. Never rejects. */
  ask<Answer>(method: string, params: unknown, milliseconds: number): Promise<Answer | undefined>;
  /** Notifies a running server; does nothing where none runs, because `onStart` sends everything when one does. */
  notify(method: string, params: unknown): void;
  /**
   * Resolves when the server has read most of what was sent, or after a second: what it has not read is kept in memory,
   * and cells can run faster than it reads.
   */
  drained(): Promise<void>;
  /** False while it is missing, starting, at rest, or not started again because of a back-off. */
  readonly running: boolean;
  /** It has answered since it started, or it failed before: then nothing waits longer for it than for any other answer. */
  readonly answered: boolean;
  /** The child's id, for measuring. */
  readonly pid: number | undefined;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly directory: string;
  readonly log: (line: string) => void;
  /** Called when a server has started, before its first request: open the documents here. */
  readonly onStart: () => void;
  /** The program; found by itself where absent. */
  readonly program?: string;
  /** How long a server may leave a request unanswered, in milliseconds, before it is ended and started again. */
  readonly hang?: number;
  /** The clock by which it rests; Node's where absent. */
  readonly later?: Later;
}

/** Calls back after so many milliseconds, unless what it returns is called before. Keeps no process alive. */
export type Later = (call: () => void, milliseconds: number) => () => void;

interface Session {
  readonly child: ChildProcess;
  readonly connection: Rpc;
  /** It has answered a request, so it has read the libraries. */
  warm?: true;
}

/**
 * Longer than the server ever needs: with seventeen programs on two cores it took 4 s for what takes it 0.3 s alone.
 */
const HANG_MS = 10_000;
/**
 * How long it runs without a question. It takes 60 MB, more than all else of a notebook that somebody has left open; the
 * next question starts it again, in 0.4 to 0.6 s.
 */
const REST_MS = 10 * 60_000;
/**
 * How much garbage the server lets lie, in percent of what it uses. With Go's own 100, a kernel at rest takes 6 MB more,
 * and at work 8; with 40, the server takes a tenth more processor time.
 */
const GARBAGE_PERCENT = '40';
/** How many bytes it may leave unread before no more is sent, and for how many milliseconds. */
const MOST_UNREAD_BYTES = 1024 * 1024;
const UNREAD_WAIT_MS = 1000;
/** The first wait after a failure; doubled with each one, up to a minute. */
const BACK_OFF_MS = 250;

export function createServer(options: ServerOptions): Server {
  let session: Session | undefined;
  let starting: Promise<void> | undefined;
  let failures = 0;
  let notBefore = 0;
  let noted = false;
  let closed = false;
  const later = options.later ?? byNode;
  let stayAwake = () => {};

  function rest(): void {
    const resting = session;
    session = undefined;
    if (resting) end(resting);
  }

  function failed(reason: string): void {
    rest();
    if (closed) return;
    failures += 1;
    notBefore = Date.now() + Math.min(BACK_OFF_MS * 2 ** (failures - 1), 60_000);
    // One line, however often it fails: more would only fill the log.
    if (!noted)
      options.log(`TypeScript's language server ${reason}; completion falls back to live names until it is back.`);
    noted = true;
  }

  async function start(): Promise<void> {
    try {
      const started = await launch(options, (reason, child) => {
        if (session?.child === child) failed(reason);
      });
      if (closed) return void started.child.kill('SIGKILL');
      session = started;
      options.onStart();
    } catch (error) {
      failed(`did not start (${error instanceof Error ? error.message : String(error)})`);
    } finally {
      starting = undefined;
    }
  }

  async function ready(milliseconds: number): Promise<void> {
    stayAwake();
    if (!closed) stayAwake = later(rest, REST_MS);
    if (!closed && !session && !starting && Date.now() >= notBefore) starting = start();
    // After a failure nothing waits for it: live names answer at once.
    if (!session && starting && failures === 0) await within(starting, milliseconds);
  }

  async function ask<Answer>(method: string, params: unknown, milliseconds: number): Promise<Answer | undefined> {
    const current = session;
    if (!current) return undefined;
    const hang = options.hang ?? HANG_MS;
    const answer = current.connection.request<Answer>(method, params).then(
      (value) => {
        current.warm = true;
        failures = 0;
        return { value };
      },
      // A request answered with an error is no reason to restart: the server is alive.
      () => ({ value: undefined }),
    );
    const inTime = await within(answer, milliseconds);
    if (!inTime) void within(answer, hang).then((late) => !late && session === current && failed('does not answer'));
    return inTime?.value ?? undefined;
  }

  return {
    ready,
    ask,
    notify(method, params) {
      session?.connection.notify(method, params);
    },
    async drained() {
      const input = session?.child.stdin;
      if (!input || input.writableLength < MOST_UNREAD_BYTES) return;
      await within(new Promise<void>((resolve) => input.once('drain', resolve)), UNREAD_WAIT_MS);
    },
    get running() {
      return session !== undefined;
    },
    get answered() {
      return session?.warm === true || failures > 0;
    },
    get pid() {
      return session?.child.pid;
    },
    async close() {
      closed = true;
      stayAwake();
      await starting;
      const child = session?.child;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      rest();
      await gone;
    },
  };
}

/** It has nothing to save, and an orderly end would cost a round trip at shutdown. */
function end({ connection, child }: Session): void {
  connection.dispose();
  child.kill('SIGKILL');
}

const byNode: Later = (call, milliseconds) => {
  const timer = setTimeout(call, milliseconds).unref();
  return () => clearTimeout(timer);
};

/** Spawns and initialises one server. */
async function launch(options: ServerOptions, ended: (reason: string, child: ChildProcess) => void): Promise<Session> {
  const program = options.program ?? findServer();
  const child = spawn(program, ['--lsp', '--stdio'], {
    cwd: options.directory,
    env: { ...process.env, GOGC: process.env.GOGC ?? GARBAGE_PERCENT },
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const failure = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(error));
    child.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? code}`)));
  });
  failure.catch(() => {});
  const connection = createRpc(child.stdin, child.stdout, {
    'workspace/configuration': configuration,
    'client/registerCapability': () => null,
  });
  const initialized = connection.request('initialize', { processId: process.pid, rootUri: null, ...capabilities });
  await Promise.race([initialized, failure, patience(options.hang ?? HANG_MS)]).catch((error: unknown) => {
    connection.dispose();
    child.kill('SIGKILL');
    throw error;
  });
  connection.notify('initialized', {});
  child.once('exit', (code, signal) => ended(`ended with ${signal ?? code}`, child));
  return { child, connection };
}

function patience(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds).unref();
  });
}

/** The promise's value, or undefined when it takes longer. */
async function within<Value>(promise: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
