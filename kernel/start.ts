// Puts the kernel's parts together around its sockets. The parts that user code runs in, compiles with and is completed
// by are given, so that a test can give its own.

import type { CellEvent } from '../runtime/events.ts';
import type { History } from './history/store.ts';
import type { DiagnosticsMode, Language } from './language/language.ts';
import { createLazyLanguage } from './language/lazy.ts';
import type { CellHost } from './process/host.ts';
import { createExecutions } from './queue/executions.ts';
import { createCells } from './queue/queue.ts';
import { cellEvent } from './requests/cell-events.ts';
import { createComms } from './requests/comm.ts';
import { createInput } from './requests/input.ts';
import type { Compiler, Kernel } from './requests/kernel.ts';
import { route } from './requests/route.ts';
import type { Connection } from './wire/connection.ts';
import { gatherStreams } from './wire/gather-streams.ts';
import { openWire } from './wire/sockets.ts';

/** Milliseconds in which a cell that was sent before an interrupt has been read. */
const UNREAD_MS = 50;

export interface KernelOptions {
  readonly connection: Connection;
  readonly host: CellHost;
  readonly history: History;
  /** Loads the compiler, when first needed. */
  readonly compiler: () => Promise<Compiler>;
  /** Loads the language service, when first needed; undefined where there is none. */
  readonly language: () => Promise<Language | undefined>;
  /** What becomes of type errors; `warn` unless said. */
  readonly diagnostics?: DiagnosticsMode;
  /** Text for stderr of the first cell. */
  readonly warnings?: readonly string[];
  readonly log: (line: string) => void;
  /** Called when all is sent and closed after a shutdown. */
  readonly ended: () => void;
}

/** A running kernel, from outside. */
export interface RunningKernel {
  /** The sink of the cell host. */
  cellEvent(event: CellEvent, buffers: readonly Uint8Array[]): void;
  /** The cell process started afresh: comms are closed, and what completion knew of the old one is forgotten. */
  cellsRestarted(): void;
  interrupt(): Promise<void>;
  end(): Promise<void>;
}

/** Binds the sockets and answers from then on. Rejects where an address is taken. */
export async function startKernel(options: KernelOptions): Promise<RunningKernel> {
  const { host, history, log } = options;
  const compiler = once(options.compiler);
  const language = createLazyLanguage({ language: options.language, mode: options.diagnostics ?? 'warn', log });
  let kernel: Kernel;
  const sockets = await openWire({
    connection: options.connection,
    receive: (message) => route(kernel, message),
    // A client that comes while a cell runs should not take the kernel for idle.
    subscribed: () => kernel.cells.sayBusy(),
    log,
  });
  const wire = gatherStreams(sockets);
  const ending = once(async () => {
    // The cell process hears it at once: it has some of the cells that are aborted, and must not begin them.
    await Promise.all([host.shutdown(), kernel.cells.abort()]);
    await Promise.all([language.close(), history.close()]);
    // The cell that the shutdown ended replies first.
    await new Promise((resolve) => setImmediate(resolve));
    await wire.close();
    options.ended();
  });
  kernel = {
    wire,
    host,
    history,
    executions: createExecutions(),
    cells: createCells(() => kernel),
    comms: createComms(),
    input: createInput(wire, () => host, log),
    compiler,
    language,
    warnings: [...(options.warnings ?? [])],
    interrupts: 0,
    async interrupt() {
      // Control is read before shell: a cell that was sent before the interrupt may be there already, unread.
      if (!host.busy()) await new Promise((resolve) => setTimeout(resolve, UNREAD_MS));
      kernel.interrupts += 1;
      kernel.input.drop();
      await host.interrupt();
    },
    end: ending,
    log,
    publish: (parent, type, content, extra) => wire.publish({ type, content, parent, ...extra }),
  };
  kernel.publish(undefined, 'status', { execution_state: 'starting' });
  // Clients try to connect again 100 ms after a failed attempt: while they wait, the compiler (20 ms) is loaded.
  compiler().catch((error) => log(`the compiler could not be loaded: ${String(error)}`));
  return {
    cellEvent: (event, buffers) => cellEvent(kernel, event, buffers),
    cellsRestarted() {
      for (const id of kernel.comms.forget()) kernel.publish(undefined, 'comm_close', { comm_id: id, data: {} });
      language.forget();
      void compiler().then((loaded) => loaded.reset());
    },
    interrupt: kernel.interrupt,
    end: ending,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
