// The cells of subshells: tasks of the loop beside the executing cell. The body of one, the showing of its value and its
// expressions are one task, which is ended as any other. An interrupt is for all of them (JEP 91); the words and phases of
// the executing cell (interrupt/states.ts) know nothing of them.

import { types } from '#host/inspection';
import { setTimeout } from '#host/native-timers';
import * as compiled from '../../asyncio/compiled.ts';
import { Coroutine } from '../../asyncio/engine/coroutine.ts';
import type { Task } from '../../asyncio/engine/task.ts';
import type { CellOutcome, CompiledCell, ErrorReport, ExecuteBeside, ExpressionOutcome } from '../../events.ts';
import { isShown, type Rendered, render } from '../display/render.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { asOwner, createOwner, interruptOwner, type Owner } from '../interrupt/owner.ts';
import { CLEANUP_MS } from '../interrupt/states.ts';
import { createEnvironment } from './environment.ts';
import { bodyOf, outcomeOf } from './evaluate.ts';
import type { CellServices } from './execute.ts';
import type { CellNames } from './notebook-names.ts';

type Steps<T> = Generator<unknown, T, unknown>;
type Expressions = Record<string, ExpressionOutcome>;

/** The cells of all subshells. */
export interface CellsBeside {
  /** Runs a cell beside the others; sends `beside_done` at its end. */
  execute(cell: ExecuteBeside): void;
  /** An interrupt was consumed. They get it at their awaits, and are ended once clean-up has had its time. */
  interrupt(): void;
}

/** `report` may run a person's getters; `atRest` runs a call in the kernel's own code. */
export function createCellsBeside(
  services: CellServices,
  report: (error: unknown) => ErrorReport,
  atRest: (call: () => void) => void,
): CellsBeside {
  const running = new Map<Task<Expressions>, Owner>();
  return {
    execute: (cell) => executeBeside(services, cell, report, running),
    interrupt() {
      for (const [task, owner] of running) {
        interruptOwner(owner);
        // The one that runs is what the interrupt has met: it has the error already.
        if (services.loop.current !== task) task.interrupt(new KeyboardInterrupt());
        const end = () => atRest(() => running.has(task) && task.kill(new KeyboardInterrupt()));
        setTimeout(end, CLEANUP_MS).unref();
      }
    },
  };
}

function executeBeside(
  services: CellServices,
  cell: ExecuteBeside,
  report: (error: unknown) => ErrorReport,
  running: Map<Task<Expressions>, Owner>,
): void {
  const { loop, port } = services;
  const { execution, name, source } = cell;
  const owner = createOwner(execution, name);
  services.loader.refresh();
  services.registerSource(name, { source, maps: [cell.compiled.map], code: cell.compiled.code });
  asOwner(owner, () => {
    const names = services.names.begin();
    const coroutine = new Coroutine(wholeCell(services, cell, names, report), { name, file: name, line: 1 });
    const task = loop.makeTask<Expressions>(coroutine, { name, owner, group: null });
    running.set(task, owner);
    task.addDoneCallback(() => {
      running.delete(task);
      const ended = outcomeOf(task);
      names.close('error' in ended ? { name, declares: cell.compiled.declares } : undefined);
      const outcome: CellOutcome =
        'error' in ended
          ? { status: 'error', error: report(ended.error) }
          : { status: 'ok', expressions: ended.value as Expressions };
      port.flush();
      port.send({ type: 'beside_done', execution, outcome });
    });
  });
}

function* wholeCell(
  services: CellServices,
  cell: ExecuteBeside,
  names: CellNames,
  report: (error: unknown) => ErrorReport,
): Steps<Expressions> {
  const value = yield* evaluated(services, cell.compiled, cell.name, names);
  if (!cell.silent && isShown(value)) {
    const { data, metadata } = yield* rendered(value);
    services.port.send({ type: 'result', execution: cell.execution, data, metadata });
  }
  const settled = services.settled();
  if (settled !== undefined) yield* awaited(settled);
  const outcomes: Expressions = {};
  for (const [key, expression] of Object.entries(cell.expressions)) {
    if ('error' in expression) outcomes[key] = { status: 'error', ...expression.error };
    else {
      const name = `user_expressions[${JSON.stringify(key)}]`;
      services.registerSource(name, {
        source: expression.source,
        maps: [expression.compiled.map],
        code: expression.compiled.code,
      });
      try {
        const { data, metadata } = yield* rendered(yield* evaluated(services, expression.compiled, name, names));
        outcomes[key] = { status: 'ok', data, metadata };
      } catch (error) {
        outcomes[key] = { status: 'error', ...report(error) };
      }
    }
  }
  return outcomes;
}

/** The value of the last expression. What it declares is the notebook's, as in any cell. */
function* evaluated(services: CellServices, { code }: CompiledCell, name: string, names: CellNames): Steps<unknown> {
  const into = { value: undefined };
  yield* bodyOf(code, name)(createEnvironment(services, names, into), compiled);
  return into.value;
}

function* rendered(value: unknown): Steps<Rendered> {
  const made = render(value);
  return types.isPromise(made) ? ((yield* awaited(made)) as Rendered) : made;
}

function* awaited(promise: Promise<unknown>): Steps<unknown> {
  const value = compiled.start(1, promise);
  return value === compiled.pending ? yield value : value;
}
