// The parts of the cell process, put together once, and where each request and each message of the watcher goes.

import { setImmediate } from '#host/native-timers';
import { shutdown } from '../asyncio/engine/shutdown.ts';
import type { CommDown, ErrorReport, Request, ScopedText } from '../events.ts';
import { setHost } from '../picture/record/picture-host.ts';
import { setWidgetHost } from '../widgets/model/widget-host.ts';
import type { Outside } from './cell-outside.ts';
import { announcing } from './debug/announce.ts';
import { createArrival } from './debug/arrival.ts';
import { gridOf } from './display/grid.ts';
import { endShowing, limitOwnCode, showForDebugger } from './display/own-code.ts';
import { plainText } from './display/plain.ts';
import { render } from './display/render.ts';
import { createSources, errorReport, installStackTraces, type Sources, withOwnStacks } from './errors/traceback.ts';
import { createCellsBeside } from './execute/beside.ts';
import { guardCallbacks } from './execute/callbacks.ts';
import { type CellServices, execute } from './execute/execute.ts';
import { installFunctionText } from './execute/function-text.ts';
import { createGuardedLoop, type GuardedLoop } from './execute/guarded-loop.ts';
import { createInFlightQueue, type InFlightQueue } from './execute/in-flight-queue.ts';
import { createLate, type LateReport } from './execute/late.ts';
import { createLiveAnswers } from './execute/live-answers.ts';
import { withBufferedCode } from './execute/long-cell.ts';
import { createMicrotaskWatch } from './execute/microtask-watch.ts';
import { createNames, type Names } from './execute/notebook-names.ts';
import { createOut } from './execute/out.ts';
import { stateText } from './execute/state-text.ts';
import { createTexts, type Texts } from './execute/texts.ts';
import { createDeno } from './globals/deno.ts';
import { installGlobals, installModuleGlobals, PRESET_NAMES } from './globals/globals.ts';
import { createJupyter } from './globals/jupyter.ts';
import { pictureHost } from './globals/pictures.ts';
import { cellWidgets } from './globals/widgets.ts';
import type { Guard } from './interrupt/guard.ts';
import { type Interrupts, KeyboardInterrupt } from './interrupt/interrupts.ts';
import { asOwner, createOwner, latestOwner } from './interrupt/owner.ts';
import type { Loader } from './loader/loader.ts';
import type { TextPort } from './output/gather-text.ts';

/** The modules whose names people may forget to import. */
const TAUGHT = ['cokernel', 'cokernel/picture'];

/** The cell process, ready for requests. */
export interface AssembledProcess {
  request(request: Request, buffers: readonly Uint8Array[]): void;
  /** Ends the process, which cannot go on. */
  breakDown(reason: string): void;
}

/** Puts the parts together, and says that they are ready. */
export function assemble(outside: Outside): AssembledProcess {
  const { interrupts, guard, limit, showErrors } = outside.interruptible({
    afterTermination() {
      loader.interrupted();
      guardedLoop.renew();
    },
    broken: () => die('its inspector is gone'),
    consumed: () => beside.interrupt(),
  });
  const die = (reason: string) => outside.breakDown(reason, port);
  // In strict mode, cells must be checked before they run: after a change of mode, those in flight go back to the kernel.
  const sending = ({ type }: { readonly type: string }) => type === 'diagnostics' && queue.halt();
  const shapes = { text: plainText, grid: gridOf };
  const { port, answered, finish } = outside.output({ interrupts, guard, sending, ...shapes });
  const names = createNames();
  const side = createJupyter(port, {
    through: interrupts.through,
    enter: (call, owner) => runEntered(call, owner),
    names,
    install: outside.install,
  });
  const { jupyter, comms, settled, unsettled } = side;
  installGlobals(globalThis, jupyter);
  limitOwnCode(limit);
  const { sources, attached } = announcing(createSources(), (script) => port.askNow({ kind: 'script', script }));
  installStackTraces(sources);
  const arrival = createArrival();
  setHost(pictureHost(jupyter, sources, port, arrival.take));
  // Loads the library if it was not imported: only when an error is reported.
  const exporter = (name: string) => TAUGHT.find((module) => name in loader.require(module));
  const report = (error: unknown): ErrorReport => errorReport(error, { sources, exporter });
  const reportOwn = (error: unknown): ErrorReport => withOwnStacks(() => report(error));
  const reportNow = guardedReport(report, reportOwn, guard, interrupts);
  const isDue = () => guardedLoop.loop.nextTime() === 0;
  const enter = (call: () => void) => {
    const whole = guard.enter(call);
    if (!whole) interrupts.afterTermination(undefined, new KeyboardInterrupt());
    return whole;
  };
  const { asKernel } = guard;
  const { escaped } = interrupts;
  const late = createLate({ events: outside.events, port, report: reportNow, escaped, isDue, asKernel, enter });
  const traceback = (error: unknown) => reportNow(error).report.traceback.join('\n');
  setWidgetHost(cellWidgets(side, guard, { report: (error) => late.error(error), traceback }));
  const microtasks = createMicrotaskWatch();
  const guardedLoop: GuardedLoop = createGuardedLoop({ guard, interrupts, late, microtasks, breakDown: die });
  // A cell that is waiting for a line of input would wait for ever once the front end refuses it.
  outside.stdin(port, (error, execution) =>
    asKernel(() => {
      if (execution === latestOwner().execution) guardedLoop.kill(error);
      guardedLoop.look();
    }),
  );
  const runEntered = guardCallbacks(guard, interrupts, late, microtasks);
  // Compiled local files find them there; see runtime/compile/module.ts.
  Object.defineProperty(globalThis, 'cokernel cell', { value: interrupts });
  const loader = outside.loader(port, sources);
  installModuleGlobals(globalThis, loader);
  presetGlobals(names, { Deno: createDeno(jupyter, port) });
  const texts = openTexts(port, names, sources, loader);
  const { loop, watch, afterTicks } = guardedLoop;
  const attach = (on: boolean) => {
    attached(on);
    showErrors(on);
  };
  const scripts = () => sources.all().map((script) => ({ code: '', ...script }));
  outside.debuggee({
    loop,
    names,
    text: stateText,
    render: (value) => showForDebugger(() => render(value)),
    endShowing,
    home: outside.home,
    scripts,
    attached: attach,
    arrival,
  });
  const services: CellServices = {
    ...{ loop, watch, afterTicks, guard, interrupts, names, texts, loader },
    ...{
      port,
      writeFences: outside.writeFences,
      finish,
      settled,
      unsettled,
      report,
      reportOwn,
      listen: late.listen,
      rejectionsSettled: late.settled,
      breakDown: die,
    },
    registerSource: sources.registerSource,
    keep: createOut(names).keep,
  };
  const queue: InFlightQueue = createInFlightQueue(
    (cell, done) => execute(services, cell, done),
    ({ execution }) => {
      port.send({ type: 'done', execution, outcome: { status: 'unrun' }, fenced: [] });
      interrupts.passed(execution);
    },
  );
  const beside = createCellsBeside(
    services,
    (error) => reportNow(error).report,
    (call) =>
      guard.asKernel(() => {
        call();
        guardedLoop.look();
      }),
  );
  const live = createLiveAnswers(names);
  const take = (request: Request, buffers: readonly Uint8Array[]) => {
    if (request.type === 'execute') queue.add(withBufferedCode(request, buffers));
    else if (request.type === 'execute_beside') beside.execute(withBufferedCode(request, buffers));
    else if (request.type === 'live') port.send(live(request));
    else if (request.type === 'attach') attach(true);
    else if (request.type === 'shutdown') {
      queue.close();
      void cleanUp(guardedLoop.loop, port).then(() => outside.exit(port));
    } else takeComm(request, port, () => comms.receive(request, buffers));
    guardedLoop.look();
  };
  const whenFree = () => {
    const holding = guardedLoop.loop.hopping;
    if (holding === null) interrupts.idle();
    else if (!interrupts.heldUp(holding)) setImmediate(() => asKernel(whenFree));
    guardedLoop.look();
  };
  outside.hear({ guard, interrupts, answered, whenFree, look: guardedLoop.look });
  outside.tellExit(port);
  port.send({ type: 'ready' });
  return { request: (request, buffers) => asKernel(() => take(request, buffers)), breakDown: die };
}

/** Time for clean-up when the kernel ends. */
const CLEANUP_SECONDS = 2;

/** Cancels what is left, and sends what that prints. */
async function cleanUp(loop: GuardedLoop['loop'], port: TextPort): Promise<void> {
  await shutdown(loop, CLEANUP_SECONDS);
  port.flush();
}

/** A comm message is done once its handlers have returned: what they began goes on. */
function takeComm({ execution, type }: CommDown, port: TextPort, handle: () => void): void {
  asOwner(createOwner(execution, type), handle);
  port.flush();
  port.send({ type: 'comm_done', execution });
}

/** Gives cells the kernel's own globals under the notebook's names, and what only cells have. */
function presetGlobals(names: Names, cellsOnly: Readonly<Record<string, unknown>>): void {
  for (const name of PRESET_NAMES) {
    names.preset(name, { value: (globalThis as Record<string, unknown>)[name], writable: true });
  }
  for (const [name, value] of Object.entries(cellsOnly)) names.preset(name, { value, writable: true });
}

/** Texts that cells evaluate, and the texts of their functions: the kernel process, which has the compiler, writes them. */
function openTexts(port: TextPort, names: Names, { find }: Sources, loader: Loader): Texts {
  installFunctionText({
    find,
    write: (place) => (port.askNow({ kind: 'function', place }) ?? undefined) as string | undefined,
  });
  return createTexts(
    names,
    (text, bound) => (port.askNow({ kind: 'scope', text, bound }) ?? undefined) as ScopedText | undefined,
    loader.import,
  );
}

/** Reports an error in guarded code: reading an error may run a person's getters, which may never end. */
function guardedReport(
  report: (error: unknown) => ErrorReport,
  reportOwn: (error: unknown) => ErrorReport,
  guard: Guard,
  interrupts: Interrupts,
): (error: unknown) => LateReport {
  return (error) => {
    let made: ErrorReport | undefined;
    guard.enter(() => {
      try {
        made = report(error);
      } catch (failure) {
        // The interrupt, if a loop's check threw it. The cell that it was for has it already.
        if (!(failure instanceof KeyboardInterrupt)) throw failure;
      }
    });
    const interrupt = new KeyboardInterrupt('while an error was being read');
    if (guard.wasTerminated()) interrupts.afterTermination(undefined, interrupt);
    return { report: made ?? reportOwn(interrupt), interrupted: made === undefined };
  };
}
