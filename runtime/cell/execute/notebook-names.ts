// A notebook's names: properties of the global object under a suffix (runtime/compile/suffix.ts), so that cells alone
// see them, closures see updates, any kind of declaration can follow any other, and V8 treats them as it treats every
// global. A name that no cell has declared stands for the process's own global. Which statement declares what is the
// compiler's affair.

import { FLAG } from '../../compile/flag.ts';
import { SUFFIX } from '../../compile/suffix.ts';
import { createStandIns } from './stand-ins.ts';

/** Names that JavaScript itself keeps, and the one that is the kernel's. */
const UNDECLARABLE = new Set(['undefined', 'NaN', 'Infinity', 'globalThis', FLAG]);

/** What one cell that runs makes of the names; cells of subshells run beside others. */
export interface CellNames {
  /**
   * Called as the cell begins, with the names that it uses, those that it declares and that have no value until then, and
   * those that it assigns to; each list is separated by spaces.
   */
  open(used: string, lexical: string, written: string): void;
  /**
   * Called when the cell has ended: what it did not come to declare is as if it had never been named. With `failed` it is
   * remembered which cell would have declared it.
   */
  close(failed?: FailedCell): void;
}

/** A cell that ended with an error: what it is called, and all that it declares. */
export interface FailedCell {
  readonly name: string;
  readonly declares: readonly string[];
}

/** The names that cells declared, and the constants among them. */
export interface Names {
  /** For one cell. */
  begin(): CellNames;
  /** Called as a text begins that declares nothing, with the names that it uses and assigns to, separated by spaces. */
  use(used: string, written: string): void;
  /** Called where built-ins may have been replaced: a package was imported. */
  renew(): void;
  /** Defines each key; a later assignment to it throws. */
  constant(values: Readonly<Record<string, unknown>>): void;
  /** Defines each key; it can be assigned to. */
  variable(values: Readonly<Record<string, unknown>>): void;
  /** Objects for patterns: assigning to a property declares a constant on the first, a variable on the second. */
  readonly constants: object;
  readonly variables: object;
  /** Declares names, each of which keeps the value that it already has, if any. */
  hoisted(names: readonly string[]): void;
  /** A constant whose value another module may change: it is read anew at each use. */
  live(name: string, read: () => unknown): void;
  /** A name that was imported and has no value, as a rule because it is a type: its use throws. */
  missing(name: string, message: string): void;
  /** A name of the kernel's own, which a cell may declare. */
  preset(name: string, descriptor: PropertyDescriptor): void;
  /** Whether the name exists, in the notebook or in the process; using any other throws that it is not defined. */
  known(name: string): boolean;
  /** What a name of the notebook stands for; undefined where there is none, and where reading it throws. */
  read(name: string): { readonly value: unknown } | undefined;
  isDeclared(name: string): boolean;
  /** The last cell that declares the name and failed before it did; undefined once another has declared it. */
  leftOutBy(name: string): string | undefined;
  /** Every name that cells declared, oldest first; of imports those that have a value. */
  all(): readonly string[];
}

/** The error of a name that is used before its declaration. */
export function uninitialised(name: string): never {
  throw new ReferenceError(`Cannot access '${name}' before initialization`);
}

/** A property by accessors: assigning to an inherited value would add a property, which a frozen object refuses. */
function inheritable(descriptor: PropertyDescriptor): PropertyDescriptor {
  if (!('value' in descriptor)) return descriptor;
  let { value } = descriptor as { value: unknown };
  const set = (assigned: unknown) => {
    value = assigned;
  };
  return { get: () => value, ...(descriptor.writable === true && { set }), configurable: true };
}

function listed(names: string): string[] {
  return names === '' ? [] : names.split(' ');
}

function declaring(declare: (name: string, value: unknown) => void): object {
  return new Proxy(Object.create(null), {
    set(_, name, value: unknown) {
      declare(String(name), value);
      return true;
    },
  });
}

/** Makes the names of a notebook whose cells run in `realm`. */
export function createNames(realm: object = globalThis): Names {
  const declared = new Set<string>();
  const presets = new Set<string>();
  const absent = new Set<string>();
  const leftOut = new Map<string, string>();
  /** For each cell that runs, the names that no cell has declared before, and it has not declared yet. */
  const running = new Set<Set<string>>();
  const isPending = (name: string): boolean => {
    for (const pending of running) if (pending.has(name)) return true;
    return false;
  };
  const put = (name: string, descriptor: PropertyDescriptor): void => {
    const key = name + SUFFIX;
    // To V8 a property that is deleted and defined anew is a constant until it is assigned to. One that only changed
    // its value would never be a constant again.
    if (Object.hasOwn(realm, key) && Object.isExtensible(realm)) Reflect.deleteProperty(realm, key);
    descriptor.configurable = true;
    if (Object.hasOwn(realm, key) || Object.isExtensible(realm)) Object.defineProperty(realm, key, descriptor);
    // A cell has frozen the global object: the object behind it takes the name.
    else Object.defineProperty(Object.getPrototypeOf(realm) as object, key, inheritable(descriptor));
  };
  const standIns = createStandIns(realm, put);
  const define = (name: string, descriptor: PropertyDescriptor): void => {
    if (UNDECLARABLE.has(name))
      throw new SyntaxError(
        `'${name}' cannot be declared: ${name === FLAG ? 'the kernel' : 'JavaScript itself'} keeps that name`,
      );
    put(name, descriptor);
    declared.add(name);
    presets.delete(name);
    absent.delete(name);
    leftOut.delete(name);
    for (const pending of running) pending.delete(name);
    standIns.forget(name);
  };
  const descriptorOf = (name: string) =>
    Object.getOwnPropertyDescriptor(realm, name + SUFFIX) ??
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(realm) as object, name + SUFFIX);
  const isOwn = (name: string): boolean => declared.has(name) || presets.has(name);
  const isTaken = (name: string): boolean => isOwn(name) || isPending(name);
  const standInFor = (used: Iterable<string>, written: readonly string[]): void => {
    for (const name of written) if (!isTaken(name)) standIns.write(name);
    for (const name of used) if (!isTaken(name)) standIns.make(name);
  };
  return {
    begin() {
      const pending = new Set<string>();
      return {
        open(used, lexical, written) {
          standIns.renew();
          running.add(pending);
          const uses = new Set(listed(used));
          for (const name of listed(lexical)) {
            // What nothing reads needs no guard.
            const isRead = uses.has(name) || standIns.has(name) || isPending(name);
            if (isOwn(name) || UNDECLARABLE.has(name) || !isRead) continue;
            pending.add(name);
            standIns.forget(name);
            put(name, { get: () => uninitialised(name), set: () => uninitialised(name) });
          }
          standInFor(uses, listed(written));
        },
        close(failed) {
          for (const name of failed?.declares ?? [])
            if (!declared.has(name)) leftOut.set(name, (failed as FailedCell).name);
          running.delete(pending);
          for (const name of pending) if (!isPending(name)) standIns.make(name);
          pending.clear();
        },
      };
    },
    use(used, written) {
      standIns.renew();
      standInFor(listed(used), listed(written));
    },
    renew: standIns.renew,
    constant(values) {
      for (const [name, value] of Object.entries(values)) define(name, { value, writable: false });
    },
    variable(values) {
      for (const [name, value] of Object.entries(values)) define(name, { value, writable: true });
    },
    constants: declaring((name, value) => define(name, { value, writable: false })),
    variables: declaring((name, value) => define(name, { value, writable: true })),
    hoisted(names) {
      for (const name of names) {
        const old = declared.has(name) ? descriptorOf(name) : undefined;
        if (old?.writable === true) continue;
        define(name, { value: old && 'value' in old ? old.value : old?.get?.call(realm), writable: true });
      }
    },
    live: (name, read) => define(name, { get: read }),
    missing(name, message) {
      const get = (): never => {
        throw new SyntaxError(message);
      };
      define(name, { get });
      absent.add(name);
    },
    preset(name, descriptor) {
      presets.add(name);
      put(name, descriptor);
    },
    known: (name) => isTaken(name) || name in realm,
    read(name) {
      const found = isOwn(name) ? descriptorOf(name) : undefined;
      try {
        return found && { value: 'value' in found ? found.value : found.get?.call(realm) };
      } catch {
        return undefined;
      }
    },
    isDeclared: (name) => declared.has(name),
    leftOutBy: (name) => leftOut.get(name),
    all: () => [...declared].filter((name) => !absent.has(name)),
  };
}
