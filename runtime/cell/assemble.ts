// The parts of the cell process, put together once, and where each request and each message of the watcher goes.

import type { MessagePort } from 'node:worker_threads';
import type { ErrorReport, Request } from '../events.ts';
import { setHost } from '../picture/record/picture-host.ts';
import { tellTimers } from './display/show-timers.ts';
import { constantNamed, createSources, errorReport, installStackTraces, type Sources } from './errors/traceback.ts';
import { guardCallbacks } from './execute/callbacks.ts';
import { createQueue, type Queue } from './execute/cell-queue.ts';
import { createEngine, type Engine } from './execute/engine.ts';
import { type CellServices, execute } from './execute/execute.ts';
import { exitInOrder, tellExit } from './execute/exit.ts';
import { createLate } from './execute/late.ts';
import { createLiveAnswers } from './execute/live-answers.ts';
import { createNames } from './execute/notebook-names.ts';
import { createOut } from './execute/out.ts';
import { installGlobals, installModuleGlobals } from './globals/globals.ts';
import { createJupyter } from './globals/jupyter.ts';
import { pictureHost } from './globals/pictures.ts';
import { installStdin } from './input/stdin.ts';
import { createGuard, type Guard } from './interrupt/guard.ts';
import { createInterrupts, type Interrupts, KeyboardInterrupt } from './interrupt/interrupts.ts';
import { latestOwner } from './interrupt/owner.ts';
import { EXECUTING, type FromWatcher, type ToWatcher } from './interrupt/shared-memory.ts';
import { createFlag } from './interrupt/stop-flag.ts';
import { createLoader, type Loader } from './loader/loader.ts';
import { openOutput } from './output/cell-output.ts';
import type { TextPort } from './output/gather-text.ts';

/** The modules whose names people may forget to import. */
const TAUGHT = ['cokernel', 'cokernel/picture'];

/** What the process gives. */
export interface Outside {
  readonly shared: Int32Array<SharedArrayBuffer>;
  /** To the watcher thread. */
  readonly watcher: MessagePort;
  readonly nonce: string;
  /** Specifier → file URL of the library that runs the loop. */
  readonly instances: Readonly<Record<string, string>>;
}

/** The cell process, ready for requests. */
export interface CellProcess {
  request(request: Request, buffers: readonly Uint8Array[]): void;
}

export function assemble({ shared, watcher, nonce, instances }: Outside): CellProcess {
  const interrupts = createInterrupts(shared, createFlag(shared).show, (number) =>
    watcher.postMessage({ type: 'consumed', number } satisfies ToWatcher),
  );
  const { port, answered, finish } = openOutput({
    shared,
    watcher,
    interrupts,
    // How cells are checked may change whether those that are here already may run.
    sending: ({ type }) => type === 'diagnostics' && queue.halt(),
  });
  const { jupyter, receive, settled, unsettled } = createJupyter(port);
  installGlobals(globalThis, jupyter);
  tellTimers();
  const names = createNames();
  const sources = createSources();
  installStackTraces(sources);
  setHost(pictureHost(jupyter, sources));
  const guard = createGuard(shared);
  // Loads the library if it was not imported: only when an error is reported.
  const exporter = (name: string) => TAUGHT.find((module) => name in loader.require(module));
  const report = (error: unknown): ErrorReport =>
    errorReport(constantNamed(error, names.isConstant), { sources, exporter });
  const late = createLate(port, guardedReport(report, guard, interrupts));
  const engine: Engine = createEngine({ guard, interrupts, late, terminated: () => loader.interrupted() });
  endReaders(port, engine);
  const runEntered = guardCallbacks(guard, interrupts, late, shared);
  // Compiled local files find them there; see runtime/compile/module.ts.
  Object.defineProperty(globalThis, 'cokernel cell', { value: interrupts });
  const loader = openLoader(port, sources, instances);
  installModuleGlobals(globalThis, loader);
  const services: CellServices = {
    loop: engine.loop,
    guard,
    names,
    loader,
    interrupts,
    port,
    nonce,
    settled,
    unsettled,
    listen: late.listen,
    registerSource: sources.registerSource,
    report,
    finish,
    keep: createOut().keep,
    watch: engine.watch,
  };
  watcher.on('message', (message: FromWatcher) => {
    if (message.type === 'answer') answered(message);
    else interrupted(message, shared, interrupts, engine);
    engine.look();
  });
  const live = createLiveAnswers(names);
  tellExit(shared, watcher, port);
  const queue: Queue = createQueue(
    (cell) => execute(services, cell),
    ({ execution }) => port.send({ type: 'done', execution, outcome: { status: 'unrun' }, fenced: [] }),
  );
  port.send({ type: 'ready' });
  return {
    request(request, buffers) {
      if (request.type === 'execute') queue.add(request);
      else if (request.type === 'live') port.send(live(request));
      else if (request.type === 'shutdown') {
        queue.close();
        void exitInOrder(engine.loop, port);
      } else {
        const { execution, type: name } = request;
        runEntered(() => receive(request, buffers), { execution, name, interrupted: false });
        port.flush();
        port.send({ type: 'comm_done', execution });
      }
    },
  };
}

/** Local files are compiled by the kernel process; an import may need that at once, so it blocks. */
function openLoader(port: TextPort, { registerSource }: Sources, instances: Outside['instances']): Loader {
  return createLoader({
    directory: process.cwd(),
    compile: (path, source) =>
      port.askNow({ kind: 'compile', path, source }) as { readonly code: string; readonly maps: readonly string[] },
    registerSource,
    instances,
  });
}

/** Reports an error in guarded code: reading an error may run a person's getters, which may never end. */
function guardedReport(
  report: (error: unknown) => ErrorReport,
  guard: Guard,
  interrupts: Interrupts,
): Parameters<typeof createLate>[1] {
  return (error) => {
    let made: ErrorReport | undefined;
    guard(() => {
      made = report(error);
    });
    if (made) return made;
    const interrupt = new KeyboardInterrupt('while an error was being read');
    interrupts.terminated(undefined, interrupt);
    return report(interrupt);
  };
}

/** A cell that is waiting for a line of input would wait for ever once the front end refuses it. */
function endReaders(port: TextPort, engine: Engine): void {
  installStdin(port, (error, execution) => {
    if (execution === latestOwner().execution) engine.kill(error);
    engine.look();
  });
}

/** The watcher's message about an interrupt, heard when the loop is free. */
function interrupted(
  message: Exclude<FromWatcher, { readonly type: 'answer' }>,
  shared: Int32Array<SharedArrayBuffer>,
  interrupts: Interrupts,
  { loop, kill }: Engine,
): void {
  if (message.type === 'interrupt') {
    interrupts.idle(message.number);
    // A microtask may have been terminated meanwhile, whose end the guard does not see.
    loop.renew();
  } else if (Atomics.load(shared, EXECUTING) <= message.execution) kill(new KeyboardInterrupt());
}
