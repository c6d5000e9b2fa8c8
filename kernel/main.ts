// The kernel process: node main.js {connection_file} [options]. Starts the parts and ends with them.
//
// One pass of an execute_request, top to bottom:
//   wire/sockets.ts        a message comes in on shell
//   wire/message.ts        its signature and shape are checked
//   requests/route.ts      it goes to the queue of cells
//   runtime/compile        TypeScript → a generator; or a syntax error, which is the reply
//   kernel/queue/prefetch.ts      where others run, compiled and handed over before its turn
//   kernel/queue/queue.ts      in its turn, busy
//   kernel/queue/execute.ts    execute_input
//   kernel/process/process.ts       over the pipe to the cell process
//   runtime/cell           evaluated on the event loop; output, rendered result or traceback come back as events
//   kernel/process/in-flight.ts          in its turn, or kept until then
//   kernel/requests/cell-events.ts     each event is published under the request that caused it
//   kernel/queue/queue.ts      the reply; history is written after it
//   requests/exchange.ts   idle

import { appendFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { CellEvent } from '../runtime/events.ts';
import { modeFrom } from './language/mode.ts';
import { createCellHost } from './process/process.ts';
import type { RunningKernel } from './start.ts';

const USAGE = 'node main.js {connection_file} [--memory MiB] [--diagnostics warn|strict|off] [--log FILE]';

enableCompileCache();
try {
  await main();
} catch (error) {
  process.stderr.write(`cokernel: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const { file, memoryLimit, diagnostics, log } = parseArguments(process.argv.slice(2));
  // A server names the file after the kernel: buttons in a page find the kernel by it (runtime/picture/cancel.ts).
  process.env.COKERNEL_KERNEL_ID = /kernel-([\w-]+)\.json$/.exec(file)?.[1] ?? '';
  process.on('uncaughtException', (error) => log(`an error that nothing caught: ${error.stack ?? error.message}`));
  let running: RunningKernel | undefined;
  const early: [CellEvent, readonly Uint8Array[]][] = [];
  const host = createCellHost({
    directory: process.cwd(),
    memoryLimit,
    sink: (event, buffers) => {
      if (running) running.cellEvent(event, buffers);
      else early.push([event, buffers]);
    },
    restarted: () => running?.cellsRestarted(),
    main: new URL(
      import.meta.url.endsWith('.ts') ? '../runtime/cell/main.ts' : '../runtime/cell/main.js',
      import.meta.url,
    ),
    log,
  });
  // Before all else: the cell process gets ready while ZeroMQ loads here.
  host.start();
  const [{ startKernel }, { readConnection }, { createHistory }, { historyPath }] = await Promise.all([
    import('./start.ts'),
    import('./wire/connection.ts'),
    import('./history/store.ts'),
    import('./history/location.ts'),
  ]);
  const warnings: string[] = [];
  running = await startKernel({
    connection: readConnection(file),
    host,
    history: createHistory(historyPath(), log),
    compiler: async () => (await import('./queue/compiler.ts')).loadCompiler(process.cwd(), log),
    language: async () => {
      const { createLanguage } = await import('./language/create.ts');
      return createLanguage({ directory: process.cwd(), live: host.live, log });
    },
    diagnostics: modeFrom(diagnostics ?? process.env.COKERNEL_DIAGNOSTICS, (warning) => {
      log(warning);
      warnings.push(`RuntimeWarning: ${warning}\n`);
    }),
    warnings,
    log,
    ended: () => process.exit(0),
  });
  for (const [event, buffers] of early) running.cellEvent(event, buffers);
  await followSignals(running);
}

/** SIGINT interrupts and never kills; the other signals, and the parent's end, end the kernel in order. */
async function followSignals(running: RunningKernel): Promise<void> {
  const end = () => void running.end();
  process.on('SIGINT', () => void running.interrupt());
  // Else Node would open a debugger, which asks for no token.
  process.on('SIGUSR1', () => {});
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  const { watchParent } = await import('./parent.ts');
  watchParent(end);
}

interface Arguments {
  readonly file: string;
  /** MiB. */
  readonly memoryLimit: number;
  /** What becomes of type errors, as the person wrote it. */
  readonly diagnostics: string | undefined;
  readonly log: (line: string) => void;
}

function parseArguments(args: string[]): Arguments {
  const options = {
    memory: { type: 'string' },
    diagnostics: { type: 'string' },
    log: { type: 'string' },
    file: { type: 'string', short: 'f' },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const file = values.file ?? positionals[0];
  if (file === undefined) throw new Error(`a connection file was expected: ${USAGE}`);
  const memoryLimit = values.memory === undefined ? quarterOfMachine() : Number(values.memory);
  if (!(Number.isInteger(memoryLimit) && memoryLimit > 0)) {
    throw new Error(`--memory should be a whole number of MiB, found ${values.memory}`);
  }
  return { file, memoryLimit, diagnostics: values.diagnostics, log: createLog(values.log) };
}

function quarterOfMachine(): number {
  // In a container the limit is the container's; 0 or a huge number says that there is none.
  const constrained = process.constrainedMemory();
  const machine = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.round(machine / 4 / 1024 / 1024);
}

/** To a file where --log names one, else to stderr, which Jupyter shows in its own log. */
function createLog(path: string | undefined): (line: string) => void {
  process.stderr.on('error', () => {}); // The server that read it may be gone.
  const write =
    path === undefined
      ? (text: string) => void process.stderr.write(text)
      : (text: string) => appendFileSync(path, text);
  return (line) => {
    try {
      write(`[cokernel ${new Date().toISOString()}] ${line.replaceAll('\n', '\n    ')}\n`);
    } catch {
      // A log that cannot be written is no reason to stop.
    }
  };
}
