// The kernel process: node main.js {connection_file} [options]. Reads the arguments, starts the parts, follows signals.
// What happens to an execute_request, step by step, is in ARCHITECTURE.md.

import { appendFileSync } from 'node:fs';
import { useCompileCache } from '../runtime/compile-cache.ts';
import type { CellEvent } from '../runtime/events.ts';
import { asAtStart, EARLY, type RunningFlag, setOwnFlags, setRunningFlags } from '../runtime/optimiser.ts';
import { openTraceLog } from '../runtime/trace-log.ts';
import { parseArguments } from './arguments.ts';
import { wayOfEnvironment } from './compile/way.ts';
import type { DiagnosticsMode } from './language/language.ts';
import { modeFrom } from './language/mode.ts';
import { createCellProcess } from './process/create-cell-process.ts';
import { createDescriptors } from './process/descriptors.ts';
import { spawnCell } from './process/spawn.ts';
import type { RunningKernel } from './start.ts';

/**
 * When V8 has collected old garbage, it does so again at one and a half times what is in use then. A kernel that is never
 * idle kept 60 MB of it.
 */
const GARBAGE: RunningFlag = { name: 'heap-growing-percent', own: 0, running: 50 };
const RUNNING: readonly RunningFlag[] = [...EARLY, GARBAGE];

useCompileCache();
process.once('exit', setOwnFlags);
try {
  await main();
} catch (error) {
  process.stderr.write(`cokernel: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const { file, memoryLimit, diagnostics, language, compiler, logFile, unknown } = parseArguments(
    process.argv.slice(2),
  );
  const log = createLog(logFile);
  if (unknown.length > 0) log(`arguments that this kernel does not know, ignored: ${unknown.join(' ')}`);
  const warnings: string[] = [];
  const warn = (warning: string) => {
    log(warning);
    warnings.push(`RuntimeWarning: ${warning}\n`);
  };
  const unknownTopics = openTraceLog(process.env.COKERNEL_TRACE, log);
  if (unknownTopics !== undefined) warn(unknownTopics);
  // A server names the file after the kernel's id: buttons in a page find their kernel by it
  // (runtime/picture/draw/ask-kernel.ts). VS Code's pages have no way to the kernel but widgets
  // (runtime/picture/watch/watch-controls.ts); its files are kernel-v3….json (vscode-jupyter 2026.6.1,
  // src/kernels/raw/launcher/kernelProcess.node.ts:490).
  process.env.COKERNEL_KERNEL_ID = /kernel-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.json$/.exec(file)?.[1] ?? '';
  process.env.COKERNEL_CLIENT = /kernel-v3[\da-f]{40}\.json$/.test(file) ? 'vscode' : '';
  process.on('uncaughtException', (error) => log(`an uncaught error: ${error.stack ?? error.message}`));
  const way = compiler ?? wayOfEnvironment(warn);
  let running: RunningKernel | undefined;
  const early: [CellEvent, readonly Uint8Array[]][] = [];
  const program = import.meta.url.endsWith('.ts') ? '../runtime/cell/main.ts' : '../runtime/cell/main.js';
  const born = { directory: process.cwd(), memoryLimit, main: new URL(program, import.meta.url), log };
  const cellProcess = createCellProcess({
    spawn: (nonce, listener) => spawnCell(born, nonce, listener),
    descriptors: createDescriptors,
    memoryLimit,
    sink: (event, buffers) => {
      if (running) running.cellEvent(event, buffers);
      else early.push([event, buffers]);
    },
    restarted: () => running?.cellsRestarted(),
    log,
  });
  // First of all: the cell process starts while ZeroMQ is loading here.
  cellProcess.start();
  const parts = await import('./node-parts.ts');
  const connection = parts.readConnection(file);
  running = await parts.startKernel({
    openWire: (listener) => parts.openSockets({ connection, ...listener, log }),
    debug: parts.createDebugSession,
    handlers: parts.NODE_HANDLERS,
    about: parts.ABOUT_NODE,
    cellProcess,
    history: parts.createHistory(parts.historyPath(), log),
    compiler: async () => (await import('./queue/load-compiler.ts')).loadCompiler(process.cwd(), log, way),
    language: async () => {
      if (!language) return undefined;
      const { createLanguage } = await asAtStart(() => import('./language/create.ts'));
      return createLanguage({ directory: process.cwd(), live: cellProcess.live, log });
    },
    diagnostics: diagnosticsOf(modeFrom(diagnostics ?? process.env.COKERNEL_DIAGNOSTICS, warn), language, warn),
    warnings,
    // By then what cells need is loaded.
    ran: () => setRunningFlags(RUNNING),
    log,
    ended: () => process.exit(0),
  });
  for (const [event, buffers] of early) running.cellEvent(event, buffers);
  followSignals(running, parts.watchParent);
}

/** Without the language server nothing finds type errors. */
function diagnosticsOf(mode: DiagnosticsMode, language: boolean, warn: (line: string) => void): DiagnosticsMode {
  if (language) return mode;
  if (mode === 'strict') {
    warn('diagnostics strict needs the language server, and --language off leaves it out: cells run unchecked.');
  }
  return 'off';
}

/** SIGINT interrupts and never kills. The other signals, and the end of the parent, shut the kernel down in order. */
function followSignals(running: RunningKernel, watchParent: (end: () => void) => void): void {
  const end = () => void running.end();
  process.on('SIGINT', () => void running.interrupt());
  // Else Node would open a debugger, which asks for no token.
  process.on('SIGUSR1', () => {});
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  watchParent(end);
}

/** Writes to the file that --log names, else to stderr, which Jupyter shows in its own log. */
function createLog(path: string | undefined): (line: string) => void {
  process.stderr.on('error', () => {}); // The server that reads it may be gone.
  const write =
    path === undefined
      ? (text: string) => void process.stderr.write(text)
      : (text: string) => appendFileSync(path, text);
  return (line) => {
    try {
      write(`[cokernel ${new Date().toISOString()}] ${line.replaceAll('\n', '\n    ')}\n`);
    } catch {
      // A log that cannot be written is no reason to end.
    }
  };
}
