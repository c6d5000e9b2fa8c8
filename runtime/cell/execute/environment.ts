// `__cell`: what a compiled cell calls to declare and ask for its names, import, give its value, and look for
// interrupts. The compiler (runtime/compile) writes these calls; people never see them.

import { types } from '#host/inspection';
import { isAbsolute } from '#host/paths';
import { reworded } from '../errors/wording.ts';
import type { Interrupts } from '../interrupt/interrupts.ts';
import type { Loader } from '../loader/loader.ts';
import { type CellNames, type Names, uninitialised } from './notebook-names.ts';
import type { Namespace, Texts } from './texts.ts';

/** One cell's environment. */
export interface CellEnvironment extends Texts {
  /** Called as the cell begins: the names it uses, declares with let and the like, assigns to; separated by spaces. */
  names(used: string, lexical: string, written: string): void;
  /** Throws, in place of a use before the declaration. */
  early(name: string): never;
  /** The error that a `catch` caught, reworded. */
  said<T>(error: T): T;
  const(values: Readonly<Record<string, unknown>>): void;
  let(values: Readonly<Record<string, unknown>>): void;
  /** Objects for patterns: assigning to a property declares a constant (`consts`) or a variable (`lets`). */
  readonly consts: object;
  readonly lets: object;
  var(...names: string[]): void;
  /** `{ local: imported }`; the imported `*` is the namespace itself. */
  bind(namespace: Namespace, specifier: string, names: Readonly<Record<string, string>>): void;
  readonly meta: Loader['meta'];
  result<T>(value: T): T;
  /** The flag of the loops, where the cell's source has a name like the flag's own. */
  readonly stopped: number;
  /** Stands for a name that is not declared. */
  unbound(name: string): never;
  checkInterrupt(): void;
  resumed(): void;
}

/** What a cell's body left behind. */
export interface CellValue {
  value: unknown;
}

/** What an environment needs of the process. */
export interface EnvironmentParts {
  readonly names: Names;
  readonly texts: Texts;
  readonly loader: Loader;
  readonly interrupts: Interrupts;
}

/** Makes `__cell` for one execution, whose names are `own`; `into` takes the value of its last expression. */
export function createEnvironment(
  { names, texts, loader, interrupts }: EnvironmentParts,
  own: CellNames,
  into: CellValue,
): CellEnvironment {
  return {
    names: own.open,
    known: texts.known,
    early: uninitialised,
    said: reworded,
    text: texts.text,
    get Function() {
      return texts.Function;
    },
    const: names.constant,
    let: names.variable,
    consts: names.constants,
    lets: names.variables,
    var: (...hoisted) => names.hoisted(hoisted),
    import: texts.import,
    bind(namespace, specifier, bound) {
      for (const [local, imported] of Object.entries(bound)) {
        if (isLive(specifier, namespace, imported)) {
          names.live(local, () => namespace[imported]);
          continue;
        }
        if (imported === '*') names.constant({ [local]: namespace });
        else if (imported in namespace) names.constant({ [local]: namespace[imported] });
        // A type, as TypeScript tells otherwise: the global of that name goes on being the value.
        else if (!names.isDeclared(local) && names.known(local) && loader.isTyped(specifier)) continue;
        else names.missing(local, loader.lacks(specifier, imported));
      }
    },
    meta: loader.meta,
    result(value) {
      into.value = value;
      return value;
    },
    unbound(name) {
      throw new ReferenceError(`${name} is not defined`);
    },
    get stopped() {
      return interrupts.stopped;
    },
    checkInterrupt: interrupts.checkInterrupt,
    resumed: interrupts.resumed,
  };
}

/** Whether an export is read anew at each use, as in a module. Packages' are copied: a plain property is read faster. */
function isLive(specifier: string, namespace: Namespace, name: string): boolean {
  const local = /^(\.{0,2}\/|file:)/.test(specifier) || isAbsolute(specifier);
  return local && types.isModuleNamespaceObject(namespace) && name in namespace;
}
