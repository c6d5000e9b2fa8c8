// The parts of the cell process, put together once: the loop with its guarded entry, what is around it, and where each
// request goes.

import type { MessagePort } from 'node:worker_threads';
import { Loop } from '../asyncio/engine/loop.ts';
import { now } from '../asyncio/engine/now.ts';
import { shutdown } from '../asyncio/engine/shutdown.ts';
import type { Task } from '../asyncio/engine/task.ts';
import type { CommDown, ErrorReport, Request, ScopedText } from '../events.ts';
import { setHost } from '../picture/record/picture-host.ts';
import { tellTimers } from './display/show-timers.ts';
import { createSources, errorReport, installStackTraces } from './errors/traceback.ts';
import { guardCallbacks } from './execute/callbacks.ts';
import { createQueue } from './execute/cell-queue.ts';
import { type Execution, execute } from './execute/execute.ts';
import { installFunctionText } from './execute/function-text.ts';
import { createLate } from './execute/late.ts';
import { createLiveAnswers } from './execute/live-answers.ts';
import { createNames } from './execute/notebook-names.ts';
import { createOut } from './execute/out.ts';
import { createTexts } from './execute/texts.ts';
import { installGlobals, installModuleGlobals, PRESET_NAMES } from './globals/globals.ts';
import { createJupyter } from './globals/jupyter.ts';
import { pictureHost } from './globals/pictures.ts';
import { installStdin } from './input/stdin.ts';
import { createGuard } from './interrupt/guard.ts';
import { createInterrupts, KeyboardInterrupt } from './interrupt/interrupts.ts';
import { onIntrusion, SHOW_TEXT } from './interrupt/intrusion.ts';
import { currentOwner, enterOwner, latestOwner, type Owner } from './interrupt/owner.ts';
import { EXECUTING, type FromWatcher, SESSION, type ToWatcher, WAITING } from './interrupt/shared-memory.ts';
import { createFlag } from './interrupt/stop-flag.ts';
import { createLoader } from './loader/loader.ts';
import { createConsole } from './output/console.ts';
import { gatherText } from './output/gather-text.ts';
import { flushBeforeSignals } from './output/parting.ts';
import type { CellPort } from './output/port.ts';
import { createSender } from './output/send.ts';
import { installStreams } from './output/std-streams.ts';

/** Time that finally blocks get when the kernel ends. */
const FINALLY_SECONDS = 2;

/** The modules whose names people may forget to import. */
const TAUGHT = ['cokernel', 'cokernel/picture'];

/** The watcher closes its session at once; should it hang, the process ends with a remark of Node's. */
const PARTING_MS = 100;

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

interface Watched {
  readonly task: Task<unknown>;
  readonly done: () => void;
}

export function assemble({ shared, watcher, nonce, instances }: Outside): CellProcess {
  const tell = (message: ToWatcher) => watcher.postMessage(message);
  const interrupts = createInterrupts(shared, createFlag(shared).show, (number) => tell({ type: 'struck', number }));
  const sender = createSender(shared, watcher, interrupts);
  const outward: CellPort = {
    ...sender.port,
    send(event, buffers) {
      // How cells are checked may change whether those that are here already may run.
      if (event.type === 'diagnostics') queue.halt();
      sender.port.send(event, buffers);
    },
  };
  const port = gatherText(outward, {
    mark: (window) => void Atomics.store(shared, WAITING, window),
    announce: (window) => tell({ type: 'waiting', window }),
  });
  onIntrusion(SHOW_TEXT, () => {
    if (!sender.writing()) port.show();
  });
  globalThis.console = createConsole(port);
  const { finish } = installStreams(port);
  flushBeforeSignals(port.flush, process);
  const names = createNames();
  const { jupyter, receive, settled, unsettled } = createJupyter(port, names.all);
  installGlobals(globalThis, jupyter);
  tellTimers();
  const sources = createSources();
  installStackTraces(sources);
  setHost(pictureHost(jupyter, sources));
  const guard = createGuard(shared);
  // Reads the library where it was not imported: in the way of an error only.
  const exporter = (name: string) => TAUGHT.find((module) => name in loader.require(module));
  const report = (error: unknown): ErrorReport => errorReport(error, { sources, exporter });
  const late = createLate(port, (error) => {
    let made: ErrorReport | undefined;
    // Reading an error may run a person's getters, which may never end.
    guard(() => {
      made = report(error);
    });
    if (made) return made;
    const interrupt = new KeyboardInterrupt('while an error was being read');
    interrupts.terminated(undefined, interrupt);
    return report(interrupt);
  });
  let watched: Watched | undefined;
  /** After each turn: the executing cell's end is seen here, where nothing can be terminated. */
  const look = () => {
    const { task, done } = watched ?? {};
    if (!task?.done()) return;
    watched = undefined;
    done?.();
  };
  installStdin(port, (error, execution) => {
    // The cell that waits for the line would wait for ever.
    if (execution === latestOwner().execution) watched?.task.strike(error);
    look();
  });
  const loop = new Loop({
    shared: true,
    enter(turn) {
      if (!guard(turn)) recover();
      look();
    },
    onOwner: (owner) => enterOwner(owner as Owner),
    outerOwner: currentOwner,
    onException: late.exception,
  });
  now.ambient = loop;
  const recover = () => {
    const error = new KeyboardInterrupt();
    if (loop.current) placeAt(error, loop.current);
    const struck = loop.recover(error);
    loader.interrupted();
    interrupts.terminated(struck?.task ?? undefined, error);
    const owner = struck?.owner as Owner | undefined;
    if (owner && struck?.task !== watched?.task)
      late.interrupted(struck?.task ? String(struck.task) : 'a callback', owner);
  };
  const runEntered = guardCallbacks(guard, interrupts, late, shared);
  // Compiled local files find them there; see runtime/compile/module.ts.
  Object.defineProperty(globalThis, 'cokernel cell', { value: interrupts });
  const loader = createLoader({
    directory: process.cwd(),
    compile: (path, source) =>
      port.askNow({ kind: 'compile', path, source }) as { readonly code: string; readonly maps: readonly string[] },
    registerSource: sources.registerSource,
    instances,
  });
  installModuleGlobals(globalThis, loader);
  for (const name of PRESET_NAMES) {
    names.preset(name, { value: (globalThis as Record<string, unknown>)[name], writable: true });
  }
  const out = createOut(names);
  const texts = createTexts(
    names,
    (text, bound) => (port.askNow({ kind: 'scope', text, bound }) ?? undefined) as ScopedText | undefined,
  );
  installFunctionText({
    find: sources.find,
    write: (place) => (port.askNow({ kind: 'function', place }) ?? undefined) as string | undefined,
  });
  const execution: Execution = {
    loop,
    guard,
    names,
    texts,
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
    keep: out.keep,
    watch: (task, done) => {
      watched = { task, done };
    },
  };
  watcher.on('message', (message: FromWatcher) => {
    if (message.type === 'answer') sender.answered(message);
    else if (message.type === 'interrupt') {
      interrupts.idle(message.number);
      // What was struck meanwhile may have been a microtask, whose end the guard does not see.
      loop.renew();
    } else if (Atomics.load(shared, EXECUTING) <= message.execution) watched?.task.strike(new KeyboardInterrupt());
    look();
  });
  const live = createLiveAnswers(names);
  const comm = (message: CommDown, buffers: readonly Uint8Array[]) => {
    const { execution: id } = message;
    runEntered(() => receive(message, buffers), { execution: id, name: message.type, interrupted: false });
    port.flush();
    port.send({ type: 'comm_done', execution: id });
  };
  process.on('exit', (code) => {
    if (Atomics.load(shared, SESSION) === 1) {
      tell({ type: 'parting' });
      Atomics.wait(shared, SESSION, 1, PARTING_MS);
    }
    port.flush();
    port.send({ type: 'exit', code });
  });
  const queue = createQueue(
    (cell) => execute(execution, cell),
    ({ execution: id }) => port.send({ type: 'done', execution: id, outcome: { status: 'unrun' }, fenced: [] }),
  );
  const end = async () => {
    queue.close();
    await shutdown(loop, FINALLY_SECONDS);
    port.flush();
    port.send({ type: 'bye' });
    process.exit(0);
  };
  port.send({ type: 'ready' });
  return {
    request(request, buffers) {
      if (request.type === 'execute') queue.add(request);
      else if (request.type === 'live') port.send(live(request));
      else if (request.type === 'shutdown') void end();
      else comm(request, buffers);
    },
  };
}

/** Code that was terminated left no stack: the awaits that led to it are known. */
function placeAt(error: Error, task: Task<unknown>): void {
  const frames = task.getStack().reverse();
  const lines = frames.map(({ name, file, line }) => {
    const place = line > 0 ? `${file}:${line}` : `${file}`;
    return `    at ${name === file ? place : `${name} (${place})`}`;
  });
  error.stack = [`${error.name}: ${error.message}`, ...lines].join('\n');
}
