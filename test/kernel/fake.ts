// A kernel in the test's own process whose cells are functions of the test: real sockets, no user code.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistory } from '../../kernel/history/store.ts';
import type { DiagnosticsMode, Language } from '../../kernel/language/language.ts';
import { ABOUT_NODE, createDebugSession, NODE_HANDLERS } from '../../kernel/node-answers.ts';
import type { CellProcess, CellToRun } from '../../kernel/process/cell-process.ts';
import type { Compiler } from '../../kernel/requests/kernel.ts';
import { type RunningKernel, startKernel } from '../../kernel/start.ts';
import { parseConnection } from '../../kernel/wire/connection.ts';
import { openSockets } from '../../kernel/wire/sockets.ts';
import type { CellEvent, CellOutcome, CommDown, ErrorReport, ExecuteCell, LiveAnswer } from '../../runtime/events.ts';
import { type Client, type ConnectionInfo, connect, freeConnection } from '../client.ts';

/** Everything a scripted cell can do. */
export interface Stage {
  readonly cell: ExecuteCell;
  print(text: string, name?: 'stdout' | 'stderr'): void;
  emit(event: CellEvent, buffers?: readonly Uint8Array[]): void;
  /** Resolves when the kernel answers the ask of this id. */
  answer(id: number): Promise<{ readonly value?: unknown; readonly error?: string }>;
  /** Resolves at the next interrupt. */
  interrupted(): Promise<void>;
}

export type Script = (stage: Stage) => Promise<CellOutcome> | CellOutcome;

export const OK: CellOutcome = { status: 'ok', expressions: {} };

export function failed(ename: string, evalue = ''): CellOutcome {
  return { status: 'error', error: { ename, evalue, traceback: [`${ename}: ${evalue}`] } };
}

export interface FakeKernel {
  readonly client: Client;
  readonly info: ConnectionInfo;
  readonly kernel: RunningKernel;
  readonly log: string[];
  /** Cells by their source; a cell of any other source ends well at once. */
  readonly scripts: Map<string, Script>;
  /** What was compiled, in order, as `name: source`. */
  readonly compiled: string[];
  /** Cells in the order in which the cell process was given them. */
  readonly executed: ExecuteCell[];
  readonly comms: { readonly message: CommDown; readonly buffers: readonly Uint8Array[] }[];
  readonly ended: Promise<void>;
  live: LiveAnswer | undefined;
  /** What becomes of a comm message; its handler returns at once unless the test says otherwise. */
  onComm(handle: (message: CommDown) => void): void;
  emit(event: CellEvent, buffers?: readonly Uint8Array[]): void;
  close(): Promise<void>;
}

/** A source that begins so does not compile. */
export const BROKEN = '!';
/** With one that begins so the compiler itself fails. */
export const FAILING = '#';

const SYNTAX: ErrorReport = { ename: 'SyntaxError', evalue: 'Unexpected token', traceback: ['  1 | !', '    | ^'] };

const compiler: Compiler = {
  async cell(source) {
    if (source.startsWith(BROKEN)) return { error: SYNTAX };
    if (source.startsWith(FAILING)) throw new Error('the disk is gone');
    return { code: source, map: '', declares: [] };
  },
  text: async () => undefined,
  preview: async () => undefined,
  functionText: async () => undefined,
  module: async (path, source) => ({ code: `${path}:${source}`, maps: [] }),
  completeness: (source) =>
    source.endsWith('{') ? { status: 'incomplete', indent: '  ' } : { status: source === '!' ? 'invalid' : 'complete' },
  mark: () => () => {},
  reset() {},
  stop() {},
};

export async function startFake(
  over: {
    readonly connection?: Partial<ConnectionInfo>;
    readonly language?: Language;
    readonly diagnostics?: DiagnosticsMode;
  } = {},
): Promise<FakeKernel> {
  const folder = over.connection?.transport === 'ipc' ? mkdtempSync(join(tmpdir(), 'cokernel-fake-')) : undefined;
  const ip = folder ? { ip: join(folder, 'k') } : {};
  const info = await freeConnection({ ...ip, ...over.connection });
  const log: string[] = [];
  const fake = createFakeHost();
  const compiled: string[] = [];
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const connection = parseConnection(JSON.stringify(info));
  const kernel = await startKernel({
    openWire: (listener) => openSockets({ connection, ...listener, log: (line) => log.push(line) }),
    about: ABOUT_NODE,
    debug: createDebugSession,
    handlers: NODE_HANDLERS,
    cellProcess: fake.cellProcess,
    history: createHistory(':memory:', (line) => log.push(line)),
    compiler: async () => ({
      ...compiler,
      cell(source, name) {
        compiled.push(`${name}: ${source}`);
        return compiler.cell(source, name);
      },
    }),
    language: async () => over.language,
    diagnostics: over.diagnostics,
    log: (line) => log.push(line),
    ended: () => end(),
  });
  fake.outlet.sink = kernel.cellEvent;
  const client = await connect(info);
  return {
    ...fake.seen,
    client,
    info,
    kernel,
    log,
    compiled,
    ended,
    get live() {
      return fake.outlet.live;
    },
    set live(answer) {
      fake.outlet.live = answer;
    },
    onComm(handle) {
      fake.outlet.onComm = handle;
    },
    emit: (event, buffers = []) => kernel.cellEvent(event, buffers),
    async close() {
      client.close();
      await kernel.end();
      if (folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a test changes of the fake cell process while it runs. */
interface Outlet {
  sink: RunningKernel['cellEvent'];
  live: LiveAnswer | undefined;
  onComm: (message: CommDown) => void;
}

function createFakeHost() {
  const scripts = new Map<string, Script>();
  const executed: ExecuteCell[] = [];
  const comms: FakeKernel['comms'] = [];
  const answers = new Map<number, (answer: { value?: unknown; error?: string }) => void>();
  let interrupts: (() => void)[] = [];
  const outlet: Outlet = {
    sink: () => {},
    live: undefined,
    onComm: ({ execution }) => outlet.sink({ type: 'comm_done', execution }, []),
  };
  const play = (given: CellToRun): Promise<CellOutcome> | CellOutcome => {
    const cell = { ...given, after: 0 };
    executed.push(cell);
    const execution = cell.execution;
    const script = scripts.get(cell.source);
    if (script === undefined) return OK;
    return script({
      cell,
      print: (text, name = 'stdout') => outlet.sink({ type: 'stream', execution, name, text }, []),
      emit: (event, buffers = []) => outlet.sink(event, buffers),
      answer: (id) => new Promise((resolve) => answers.set(id, resolve)),
      interrupted: () => new Promise((resolve) => interrupts.push(resolve)),
    });
  };
  const fake = {
    outlet,
    seen: { scripts, executed, comms },
    cellProcess: {
      start() {},
      inspector: { call: async () => ({}) as never, listen() {}, end() {}, attached: false },
      busy: () => false,
      putInFlight: (cell) => ({ beginTurn: async () => play(cell), isUnrun: () => false }),
      beside: async ({ execution, source }) => {
        const flags = { silent: false, storeHistory: false, allowStdin: false, stopOnError: true };
        const compiled = { code: source, map: '', declares: [] };
        return play({ type: 'execute', execution, count: 0, source, compiled, expressions: {}, ...flags });
      },
      async interrupt() {
        for (const strike of interrupts) strike();
        interrupts = [];
      },
      comm(message, buffers) {
        comms.push({ message, buffers });
        outlet.onComm(message);
      },
      answer: (id, answer) => answers.get(id)?.(answer),
      live: async () => outlet.live,
      shutdown: async () => {},
    } satisfies CellProcess as CellProcess,
  };
  return fake;
}
