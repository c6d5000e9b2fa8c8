// The cells that ran, as files that the server sees. Each cell is a module of its own that exports what it declares; one
// more file declares the newest of each name globally, so that the cell being edited needs no imports, may be broken
// anywhere, and shadows what it declares again, as cells do. An older cell keeps the versions that it ran with.

import { type Documents, PREFIX } from './documents.ts';
import { rename } from './rename.ts';
import type { Declaration, Source } from './source.ts';

export interface Notebook {
  /** Remembers a cell; `defined` where it failed: what it got to declare, besides functions and types. */
  add(source: Source, defined: readonly string[] | undefined): void;
  forget(): void;
  /** Whether an earlier cell declares the name. */
  has(name: string): boolean;
  /** Jupyter's word for what an earlier cell declares under the name. */
  word(name: string): string | undefined;
  /** An alias, for the server only, of a name's version before the cell being edited. */
  alias(name: string, alias: string): string;
  /** Makes room for cells to come; call it when nothing else is to be done. */
  prepare(): void;
}

interface Place {
  readonly slot: number;
  readonly declaration: Declaration;
}

interface Slot {
  readonly name: string;
  /** Slots that this one refers to. */
  uses: ReadonlySet<number>;
  free: boolean;
}

const INDEX = `${PREFIX}index.d.ts`;
const SCOPE = `${PREFIX}scope.d.ts`;
/** The name under which global declarations reach into the cells' modules. */
const SPACE = '__cokernel_cells';
/** The documents that must be among the program's roots. */
export const ROOTS = [INDEX, SCOPE];
const EMPTY = 'export {};';
/** What the kernel gives to every notebook, unless it takes the name for itself. */
const IMPLICIT = [
  ['_', '/** The value that was shown last. */ declare var _: any;'],
  ['Out', '/** The values that cells showed, by their number: `Out[3]`. */ declare var Out: Record<number, any>;'],
] as const;
/** How many documents are opened at a time: each costs about 5 ms, so not while a cell waits. */
const BLOCK = 8;

export function createNotebook(documents: Documents): Notebook {
  const slots: Slot[] = [];
  const scope = new Map<string, Place>();

  function writeIndex(): void {
    const lines = slots.map(({ name }, slot) => `export * as c${slot} from './${name}';`);
    documents.put(INDEX, `${lines.join('\n')}\nexport as namespace ${SPACE};\n`);
  }

  function writeScope(): void {
    const lines: string[] = IMPLICIT.filter(([name]) => !scope.has(name)).map(([, text]) => text);
    for (const [name, { slot, declaration }] of scope) lines.push(globally(name, slot, declaration));
    documents.put(SCOPE, lines.join('\n'));
  }

  function grow(language: 'ts' | 'tsx', count: number): void {
    const from = slots.length;
    for (let slot = from; slot < from + count; slot++)
      slots.push({ name: `${PREFIX}${slot}.${language}`, uses: new Set(), free: true });
    for (const { name } of slots.slice(from)) documents.put(name, EMPTY);
    writeIndex();
  }

  function take(language: 'ts' | 'tsx'): number {
    const fits = (slot: Slot) => slot.free && slot.name.endsWith(`.${language}`);
    let slot = slots.findIndex(fits);
    if (slot < 0) {
      grow(language, 1);
      slot = slots.findIndex(fits);
    }
    (slots[slot] as Slot).free = false;
    return slot;
  }

  /** Frees the cells that no name leads to any more, be it through others. */
  function collect(): void {
    const reached = new Set<number>();
    const visit = (slot: number): void => {
      if (reached.has(slot)) return;
      reached.add(slot);
      for (const used of slots[slot]?.uses ?? []) visit(used);
    };
    for (const { slot } of scope.values()) visit(slot);
    for (const [number, slot] of slots.entries()) {
      if (slot.free || reached.has(number)) continue;
      slot.free = true;
      slot.uses = new Set();
      documents.put(slot.name, EMPTY);
    }
  }

  const before = (name: string, alias = name): string => {
    const place = scope.get(name);
    if (!place) return '';
    // What a cell assigned to a variable must not narrow it to nothing else: an alias of it is read-only, this is not.
    return place.declaration.kind === 'variable'
      ? `declare let ${alias}: typeof ${SPACE}.c${place.slot}.${name};`
      : `import ${alias} = ${SPACE}.c${place.slot}.${name};`;
  };

  documents.put(INDEX, `export as namespace ${SPACE};\nexport {};\n`);
  writeScope();

  return {
    add(source, defined) {
      const kept = source.declarations.filter(({ name, early }) => early || !defined || defined.includes(name));
      if (kept.length === 0) return;
      const slot = take(source.language);
      const pins = pinned(source, scope);
      const renamed = rename(source, (name) => scope.has(name));
      const lines = [renamed.text, ';', ...pins.map((name) => before(name))];
      for (const [name, alias] of renamed.aliases) lines.push(before(name, alias));
      const names = new Set(kept.map(({ name }) => name).filter((name) => !source.exported.has(name)));
      lines.push(`export { ${[...names].join(', ')} };`);
      const { name } = slots[slot] as Slot;
      (slots[slot] as Slot).uses = new Set(
        [...pins, ...renamed.aliases.keys()].map((used) => (scope.get(used) as Place).slot),
      );
      documents.put(name, lines.join('\n'));
      documents.settle(name);
      for (const declaration of kept) scope.set(declaration.name, { slot, declaration });
      writeScope();
      documents.settle(SCOPE);
      collect();
    },
    forget() {
      scope.clear();
      writeScope();
      collect();
    },
    has: (name) => scope.has(name),
    word: (name) => scope.get(name)?.declaration.word,
    alias: before,
    prepare() {
      if (slots.filter(({ free }) => free).length < BLOCK / 2) grow('ts', BLOCK);
    },
  };
}

/** How one name is declared for all cells to come. */
function globally(name: string, slot: number, { kind, documentation }: Declaration): string {
  const path = `${SPACE}.c${slot}.${name}`;
  // An alias carries types and documentation along, but cannot be assigned to, and gives way to a global of Node's.
  if (kind === 'variable') return `${documentation}\ndeclare let ${name}: typeof ${path};`;
  if (kind === 'constant') return `${documentation}\ndeclare const ${name}: typeof ${path};`;
  return `import ${name} = ${path};`;
}

/** The earlier names that a cell mentions and does not declare: it keeps their versions of today. */
function pinned(source: Source, scope: ReadonlyMap<string, unknown>): string[] {
  const own = new Set(source.declarations.map(({ name }) => name));
  return [...source.mentions].filter((name) => scope.has(name) && !own.has(name));
}
