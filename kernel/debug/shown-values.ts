// Values as a debugger shows them: a line of text, a type, and a reference by which their parts are asked for. V8 reads
// them, so that no getter and no proxy of a person's is run.

import type { Runtime } from 'node:inspector';
import { withoutSuffix } from '../../runtime/compile/suffix.ts';
import { type DebugProtocol, Refusal } from './dap.ts';
import { DEBUGGEE_TEXT, type Program, type RemoteObject } from './debugged-program.ts';

export type Variable = DebugProtocol.Variable;

/** What stands behind a reference. */
export interface Holder {
  read(): Promise<readonly Variable[]>;
  /** Sets one of its parts; absent where that cannot be. */
  readonly set?: (name: string, value: RemoteObject) => Promise<void>;
}

/** The values shown since the program stopped, or by the explorer. */
export interface ShownValues {
  variable(name: string, value: RemoteObject): Variable;
  /** Several; a task, a future or a coroutine says what it does. */
  variables(values: Iterable<readonly [name: string, value: RemoteObject]>): Promise<Variable[]>;
  /** A reference to something that is no object of the program. */
  reference(holder: Holder): number;
  children(reference: number, args?: { readonly start?: number; readonly count?: number }): Promise<Variable[]>;
  /** @throws Refusal for a reference that is gone, or holds nothing that can be set */
  set(reference: number, name: string, value: RemoteObject): Promise<Variable>;
  /** Forgets all references. */
  clear(): void;
}

/** JupyterLab shows the text of these types, and the type of all others. */
const LAB_TYPES: Readonly<Record<string, string>> = { number: 'float', string: 'str', boolean: 'bool' };
/** More is shown in parts. */
const MOST = 500;
const LONGEST_TEXT = 10_000;
/** V8 reads all properties of an object or none, and takes seconds for some millions of them. */
const MOST_AT_ONCE = 10_000;

/** `forLab`: in the way that JupyterLab's tree and table show best. `first` is the first number of a reference. */
export function createShownValues(program: Program, forLab: () => boolean, first: number): ShownValues {
  const holders = new Map<number, Holder>();
  // Never used twice: a client may still show what is gone.
  let last = first;
  const shown: ShownValues = {
    variable(name, value) {
      const text = textOf(value);
      const { objectId } = value;
      return {
        name: withoutSuffix(name),
        value: text,
        type: typeOf(value, text, forLab()),
        evaluateName: withoutSuffix(name),
        variablesReference:
          objectId === undefined || value.type === 'symbol' ? 0 : shown.reference(holderOf(objectId, value)),
      };
    },
    variables: (values) =>
      Promise.all(
        [...values].map(async ([name, value]) => {
          const variable = shown.variable(name, value);
          const text = LIBRARY.test(value.className ?? '') ? await stateOf(program, value) : undefined;
          return text === undefined ? variable : { ...variable, value: text, type: forLab() ? text : variable.type };
        }),
      ),
    reference(holder) {
      last += 1;
      holders.set(last, holder);
      return last;
    },
    async children(reference, { start = 0, count = 0 } = {}) {
      const holder = holders.get(reference);
      if (!holder) return [];
      const all = await holder.read();
      if (count > 0 || start > 0) return all.slice(start, count > 0 ? start + count : undefined);
      return all.length <= MOST ? [...all] : inParts(all, 0);
    },
    async set(reference, name, value) {
      const holder = holders.get(reference);
      if (!holder?.set) throw new Refusal(`${name} cannot be set here.`);
      await holder.set(name, value);
      return shown.variable(name, value);
    },
    clear: () => holders.clear(),
  };
  const holderOf = (objectId: string, value: RemoteObject): Holder => {
    const length = lengthOf(value);
    return length > MOST_AT_ONCE ? sectionsOf(objectId, 0, length) : partsOf(objectId);
  };
  /** Of a list that is too long to be read at once, the tenths, and of those theirs. */
  const sectionsOf = (objectId: string, from: number, to: number): Holder => {
    const size = 10 ** (Math.ceil(Math.log10(to - from)) - 1);
    const starts = Array.from({ length: Math.ceil((to - from) / size) }, (_, at) => from + at * size);
    return {
      read: async () =>
        starts.map((start) => {
          const end = Math.min(start + size, to);
          const section = end - start > MOST_AT_ONCE ? sectionsOf(objectId, start, end) : itemsOf(objectId, start, end);
          const variablesReference = shown.reference(section);
          return { name: `${start} … ${end - 1}`, value: '…', type: '…', variablesReference };
        }),
    };
  };
  const itemsOf = (objectId: string, from: number, to: number): Holder => ({
    async read() {
      const { objectId: items } = await program.part(objectId, from, to);
      return items === undefined ? [] : partsOf(items).read();
    },
  });
  const partsOf = (objectId: string): Holder => ({
    async read() {
      const { result, internalProperties = [] } = await program.properties(objectId);
      const found = new Map(
        result.flatMap(({ name, value }) => (value && name !== '__proto__' ? [[name, value]] : [])),
      );
      for (const { name, value } of internalProperties) if (value && SHOWN_INTERNALS.has(name)) found.set(name, value);
      return [...(await shown.variables(found)), ...result.flatMap(getter)];
    },
    async set(name, value) {
      await program.callOn({ type: 'object', objectId }, 'function (key, value) { this[key] = value; }', [
        { type: 'string', value: name },
        value,
      ]);
    },
  });
  const inParts = (all: readonly Variable[], before: number): Variable[] => {
    const rest = all.slice(MOST);
    const variablesReference = shown.reference({ read: async () => inParts(rest, before + MOST) });
    const name = `${before + MOST} …`;
    const more: Variable = { name, value: `${rest.length} more`, type: `${rest.length} more`, variablesReference };
    return rest.length === 0 ? [...all] : [...all.slice(0, MOST), more];
  };
  return shown;
}

/** The library's own classes, as the build may call them. */
const LIBRARY = /^_?(?:Task|Future|Coroutine)$/;
const SHOWN_INTERNALS = new Set(['[[Entries]]', '[[PromiseState]]', '[[PromiseResult]]', '[[Target]]', '[[Handler]]']);

/** How many items a list has, as V8's description ends: `Array(3)`. 0 for all else. */
function lengthOf({ subtype, description = '' }: RemoteObject): number {
  if (subtype !== 'array' && subtype !== 'typedarray') return 0;
  return Number(/\((\d+)\)$/.exec(description)?.[1] ?? 0);
}

function stateOf(program: Program, value: RemoteObject): Promise<string | undefined> {
  return program.callOn(value, `function () { return ${DEBUGGEE_TEXT}.text(this); }`);
}

/** A getter is not run. */
function getter({ name, get }: Runtime.PropertyDescriptor): Variable[] {
  if (name === '__proto__' || get?.objectId === undefined) return [];
  return [{ name, value: '(getter)', type: 'getter', variablesReference: 0 }];
}

function typeOf(value: RemoteObject, text: string, forLab: boolean): string {
  if (!forLab) return value.className ?? value.subtype ?? value.type;
  if (value.type === 'object' && value.subtype !== 'null') return text;
  return LAB_TYPES[value.type] ?? value.type;
}

/** A line of text for a value. */
export function textOf(value: RemoteObject): string {
  const text = wholeTextOf(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function wholeTextOf(value: RemoteObject): string {
  if (value.type === 'string') return JSON.stringify(value.value);
  if (value.type === 'function') return functionText(value.description ?? '');
  if (value.subtype === 'error') return firstLine(value.description ?? 'Error');
  if (value.preview) return previewText(value.preview);
  return value.unserializableValue ?? withoutSuffix(value.description ?? String(value.value ?? value.type));
}

function firstLine(text: string): string {
  return withoutSuffix(text.split('\n', 1)[0] as string);
}

/** The head of a function, on one line, without the blanks that its types left. */
function functionText(description: string): string {
  const text = withoutSuffix(description).replace(/\s+/g, ' ');
  if (text.startsWith('class')) return (/^class(?: [^{]*)?/.exec(text)?.[0] ?? 'class').trim();
  const head = /^(async )?(function ?\*?)? ?([\p{ID_Continue}$]*) ?(\([^)]*\))/u.exec(text);
  const parameters = head?.[4]?.replaceAll(/ (?=[,)])|(?<=\() /g, '') ?? '(…)';
  return `${head?.[1] ?? ''}${text.includes('[native code]') ? 'native ' : ''}function${parameters}`;
}

function previewText(preview: Runtime.ObjectPreview): string {
  const { subtype, entries, properties, overflow, description = '' } = preview;
  if (subtype === 'proxy' || subtype === 'date' || subtype === 'regexp' || subtype === 'null') return description;
  const parts = entries
    ? entries.map(({ key, value }) => (key ? `${entryText(key)} => ${entryText(value)}` : entryText(value)))
    : properties.map((one) => (subtype === 'array' ? partText(one) : `${withoutSuffix(one.name)}: ${partText(one)}`));
  if (overflow) parts.push('…');
  const body = parts.join(', ');
  if (subtype === 'array') return `${description === '' ? '' : arrayHead(description)}[${body}]`;
  return `${description === 'Object' || description === '' ? '' : `${description} `}{${body}}`;
}

/** `Array(3)` says nothing that the brackets do not say, unless it is long. */
function arrayHead(description: string): string {
  const length = Number(/^Array\((\d+)\)$/.exec(description)?.[1] ?? 0);
  return description.startsWith('Array(') && length <= 100 ? '' : `${description} `;
}

function partText({ type, subtype, value = '', valuePreview }: Runtime.PropertyPreview): string {
  if (valuePreview) return previewText(valuePreview);
  if (type === 'string') return JSON.stringify(value);
  if (type === 'function') return 'ƒ';
  if (type === 'accessor') return '(getter)';
  return subtype === 'null' ? 'null' : value;
}

function entryText({ type, description = '' }: Runtime.ObjectPreview): string {
  return type === 'string' ? JSON.stringify(description) : description;
}
