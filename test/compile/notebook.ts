// A notebook for the tests: compiles cells and runs them in a realm of their own, on the real event loop. It stands in
// for the cell process, whose `__cell` it provides in the plainest way.

import vm from 'node:vm';
import * as compiled from '../../runtime/asyncio/compiled.ts';
import * as asyncio from '../../runtime/asyncio/index.ts';
import { reworded } from '../../runtime/cell/errors/wording.ts';
import { type CellNames, createNames, type Names, uninitialised } from '../../runtime/cell/execute/notebook-names.ts';
import { createTexts, type Texts } from '../../runtime/cell/execute/texts.ts';
import { type CellCompiler, type CompilerOptions, createCompiler } from '../../runtime/compile/cell.ts';
import { FLAG } from '../../runtime/compile/flag.ts';
import { lookUp, readMaps } from '../../runtime/compile/maps.ts';
import { scopeText } from '../../runtime/compile/scope-text.ts';
import type { CompiledCell } from '../../runtime/events.ts';

/** What became of a cell. */
export interface Outcome {
  readonly compiled: CompiledCell;
  /** The value shown, if any. */
  readonly result?: unknown;
  readonly shown: boolean;
  readonly error?: unknown;
}

/** Runs cells one after another. */
export interface Notebook {
  /** Runs a cell and returns its value; throws what it throws. */
  run(source: string): Promise<unknown>;
  /** Runs a cell and tells what became of it; throws only where it does not compile. */
  attempt(source: string): Promise<Outcome>;
  /** The place in a cell's source where an error was thrown, `line:column`, both from 1. */
  place(error: unknown, cell: CompiledCell, source: string): string | undefined;
  /** What cells import by name, beside cokernel. */
  readonly modules: Record<string, Record<string, unknown>>;
  /** What was imported, in order. */
  readonly imported: string[];
  /** What `drop` was told: value and line. */
  readonly dropped: [unknown, number][];
  readonly global: Record<string, unknown>;
  readonly stop: Int32Array;
  readonly compiler: CellCompiler;
}

/** Makes a notebook. */
export function createNotebook(options: CompilerOptions = {}): Notebook {
  const context = vm.createContext({ console, queueMicrotask, setTimeout, Promise, URL });
  const global = vm.runInContext('globalThis', context) as Record<string, unknown>;
  const compiler = createCompiler(options);
  const stop = new Int32Array(1);
  Object.defineProperty(global, FLAG, { get: () => stop[0] });
  const modules: Notebook['modules'] = { cokernel: asyncio as never };
  const imported: string[] = [];
  const dropped: [unknown, number][] = [];
  const names = createNames(global);
  const load = async (specifier: string) => {
    imported.push(specifier);
    if (!(specifier in modules)) throw new Error(`Cannot find module '${specifier}'`);
    return modules[specifier] as Record<string, unknown>;
  };
  const texts = createTexts(names, scopeText, load, global as never);
  let count = 0;
  const co = { ...compiled, drop: (value: unknown, line: number) => dropped.push([value, line]) };

  const attempt = async (source: string): Promise<Outcome> => {
    const name = `Cell [${++count}]`;
    const cell = await compiler.compileCell(source, { name });
    let shown = false;
    let result: unknown;
    const own = names.begin();
    const environment = {
      ...declare(names, own, texts),
      result: (value: unknown) => {
        shown = true;
        result = value;
      },
      unbound(name: string) {
        throw new ReferenceError(`${name} is not defined`);
      },
      get stopped() {
        return stop[0];
      },
      checkInterrupt,
      resumed: () => {
        if (stop[0] !== 0) checkInterrupt();
      },
      meta: { url: 'file:///notebook' },
    };
    const make = vm.runInContext(cell.code, context, { filename: name }) as (...args: unknown[]) => never;
    try {
      const body = make.call(undefined, environment, co);
      await asyncio.run(new asyncio.Coroutine(body, { name, file: name, line: 1 }));
      return { compiled: cell, shown, result };
    } catch (error) {
      return { compiled: cell, shown, error: reworded(error) };
    } finally {
      own.close();
    }
  };
  return {
    attempt,
    async run(source) {
      const outcome = await attempt(source);
      if ('error' in outcome) throw outcome.error;
      return outcome.result;
    },
    place,
    modules,
    imported,
    dropped,
    global,
    stop,
    compiler,
  };
}

function checkInterrupt(): never {
  throw new Error('KeyboardInterrupt');
}

function place(error: unknown, { code, map }: CompiledCell, source: string): string | undefined {
  const frame = String((error as Error).stack).match(/Cell \[\d+\]:(\d+):(\d+)/);
  if (frame === null) return undefined;
  const [mappings = []] = readMaps({ source, maps: [map], code });
  const [, , line, column] = lookUp(mappings[Number(frame[1]) - 1], Number(frame[2]) - 1) ?? [];
  return line !== undefined && column !== undefined ? `${line + 1}:${column + 1}` : undefined;
}

function declare(names: Names, own: CellNames, texts: Texts) {
  return {
    names: own.open,
    known: names.known,
    early: uninitialised,
    said: reworded,
    text: texts.text,
    import: texts.import,
    get Function() {
      return texts.Function;
    },
    const: names.constant,
    let: names.variable,
    consts: names.constants,
    lets: names.variables,
    var: (...hoisted: string[]) => names.hoisted(hoisted),
    bind(namespace: Record<string, unknown>, path: string, bound: Record<string, string>) {
      for (const [local, name] of Object.entries(bound)) {
        names.live(local, () => {
          if (name === '*') return namespace;
          if (!(name in namespace)) throw new SyntaxError(`'${path}' has no export '${name}'`);
          return namespace[name];
        });
      }
    },
  };
}
