// Assembles the kernel, whatever it runs in: main.ts passes in what a process of Node has (sockets, a cell process, a
// debugger …), web/lite what a page has, and a test its own.

import { setImmediate } from '#host/native-timers';
import type { CellEvent } from '../runtime/events.ts';
import type { DebugSession, DebugSessionParts } from './debug/debug-session.ts';
import type { History } from './history/store.ts';
import type { DiagnosticsMode, Language } from './language/language.ts';
import { createLazyLanguage } from './language/lazy.ts';
import type { CellProcess } from './process/cell-process.ts';
import { createExecutions } from './queue/executions.ts';
import { createCellQueue } from './queue/queue.ts';
import { createSubshells } from './queue/subshells.ts';
import { cellEvent } from './requests/cell-events.ts';
import { closeComms, createComms } from './requests/comm.ts';
import { createInput } from './requests/input.ts';
import type { About, Compiler, Handler, Kernel } from './requests/kernel.ts';
import { route } from './requests/route.ts';
import { gatherStreams } from './wire/gather-streams.ts';
import type { OpenWire } from './wire/wire.ts';

/** How long an interrupt waits when no cell is in flight: a cell sent just before it may still be unread on shell. */
const UNREAD_MS = 50;

export interface KernelOptions {
  /** Opens the way to the clients. */
  readonly openWire: OpenWire;
  readonly cellProcess: CellProcess;
  readonly history: History;
  /** Loads the compiler when it is first needed. */
  readonly compiler: () => Promise<Compiler>;
  /** Loads the language service when it is first needed; resolves to undefined if there is none. */
  readonly language: () => Promise<Language | undefined>;
  /** Makes the debugger, where there is one. */
  readonly debug?: (parts: DebugSessionParts) => DebugSession;
  /** Requests that only the place of this kernel can answer, by message type. */
  readonly handlers?: ReadonlyMap<string, Handler>;
  /** What it says of itself. */
  readonly about: About;
  /** Reads files for cells that cannot read them themselves. */
  readonly readFile?: Kernel['readFile'];
  /** How type errors are treated; `warn` by default. */
  readonly diagnostics?: DiagnosticsMode;
  /** Text that the first cell shows on stderr. */
  readonly warnings?: readonly string[];
  /** Called after each cell. */
  readonly ran?: () => void;
  readonly log: (line: string) => void;
  /** Called after a shutdown, when everything is sent and closed. */
  readonly ended: () => void;
}

/** A running kernel, as main.ts sees it. */
export interface RunningKernel {
  /** Takes an event of the cell process. */
  cellEvent(event: CellEvent, buffers: readonly Uint8Array[]): void;
  /** A fresh cell process has started: closes the comms and makes completion forget the names of the old one. */
  cellsRestarted(): void;
  interrupt(): Promise<void>;
  end(): Promise<void>;
}

/** Opens the wire and answers from then on. Rejects where it cannot be opened. */
export async function startKernel(options: KernelOptions): Promise<RunningKernel> {
  const { cellProcess, history, log } = options;
  const compiler = once(options.compiler);
  const language = createLazyLanguage({ language: options.language, mode: options.diagnostics ?? 'warn', log });
  let kernel: Kernel;
  const opened = await options.openWire({
    receive: (message) => route(kernel, message),
    // A client that connects while a cell runs should not take the kernel for idle.
    subscribed: () => kernel.queue.sayBusy(),
  });
  const wire = gatherStreams(opened);
  const ending = once(async () => {
    // Tell the cell process at once: some of the aborted cells are in flight, and it must not begin them.
    await Promise.all([cellProcess.shutdown(), kernel.queue.abort()]);
    await Promise.all([language.close(), history.close()]);
    // Let the cell that the shutdown ended reply first.
    await new Promise((resolve) => setImmediate(resolve));
    await wire.close();
    options.ended();
  });
  kernel = {
    wire,
    cellProcess,
    history,
    executions: createExecutions(),
    queue: createCellQueue(() => kernel),
    subshells: createSubshells(() => kernel),
    comms: createComms(),
    input: createInput(wire, () => cellProcess, log),
    debug: options.debug?.({
      inspector: cellProcess.inspector,
      publish: (event) => kernel.publish(undefined, 'debug_event', event),
      log,
      preview: async (source) => {
        const compiled = await (await compiler()).preview(source);
        return compiled && { name: '', source, maps: [compiled.map], code: compiled.code };
      },
      scopeText: async (text, bound) => (await compiler()).text(text, bound),
    }),
    handlers: options.handlers ?? new Map(),
    about: options.about,
    readFile: options.readFile,
    compiler,
    language,
    warnings: [...(options.warnings ?? [])],
    interrupts: 0,
    async interrupt() {
      // Control is read before shell: a cell that was sent before the interrupt may be there already, unread.
      if (!cellProcess.busy()) await new Promise((resolve) => setTimeout(resolve, UNREAD_MS));
      kernel.interrupts += 1;
      kernel.input.drop();
      void compiler().then((loaded) => loaded.stop());
      await cellProcess.interrupt();
    },
    ran: () => options.ran?.(),
    end: ending,
    log,
    publish: (parent, type, content, extra) => wire.publish({ type, content, parent, ...extra }),
  };
  // No status `starting`: nobody is subscribed yet, or whoever already is would receive it before the welcome.
  // Clients retry 100 ms after a failed attempt to connect: load the compiler (20 ms) in that time.
  compiler().catch((error) => log(`the compiler could not be loaded: ${String(error)}`));
  return {
    cellEvent: (event, buffers) => cellEvent(kernel, event, buffers),
    cellsRestarted() {
      closeComms(kernel);
      language.forget();
      kernel.debug?.restarted();
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
