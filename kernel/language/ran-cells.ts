// Shows the cells that ran to the server as modules, which export what the cells declare. Further files declare the newest
// version of each name globally, so that the cell being edited needs no imports, may be broken anywhere, and may declare
// names again. An older cell keeps the versions that it ran with.

import type { Declaration, DeclarationKind } from '../compile/declarations.ts';
import type { Source } from '../compile/read-cell.ts';
import { type Documents, PREFIX } from './documents.ts';
import { type Renamed, rename } from './rename.ts';
import { createSlots, INDEX, SPACE } from './slots.ts';

export interface Notebook {
  /** Remembers a cell. `defined`, for a cell that failed: what it declared before, besides functions and types. */
  add(source: Source, defined: readonly string[] | undefined): void;
  forget(): void;
  /** Whether an earlier cell declares the name. */
  has(name: string): boolean;
  /** Whether an earlier cell put the name on the global object. */
  gave(name: string): boolean;
  /** Jupyter's word for the kind of thing an earlier cell declares under the name. */
  word(name: string): string | undefined;
  /** The text that declares, for the server only, the version of a name before the cell being edited, as `alias`. */
  alias(name: string, alias: string): string;
  /** Opens documents for cells to come. Call it when nothing else is to be done. */
  prepare(): void;
}

interface Place {
  readonly slot: number;
  readonly declaration: Declaration;
}

/** Cells that share a module, because one module per cell costs the server ten times as much. */
interface Segment {
  readonly slot: number;
  text: string;
  readonly uses: Set<number>;
  readonly declared: Set<string>;
  /** Other names in it, and the slot that each came from; undefined for names that no cell had declared. */
  readonly mentioned: Map<string, number | undefined>;
}

/** The document that declares the names of earlier cells, and refers to those that declare more of them. */
const SCOPE = `${PREFIX}scope.d.ts`;
/**
 * How many names such a document declares: after each cell one of them is sent again, and a notebook with 20,000 names
 * must not send 20,000 lines.
 */
const NAMES_IN_PAGE = 250;
/** Whether the address is that of a document that declares names of earlier cells. */
export function isScope(uri: string): boolean {
  return new RegExp(`${PREFIX.replaceAll('.', '\\.')}scope(-\\d+)?\\.d\\.ts$`).test(uri);
}

/** The documents that must be among the program's roots. */
export const ROOTS = [INDEX, SCOPE];
/** Longer segments would cost the server more than they save, because it reads a segment anew when a cell is added. */
const LONGEST_UNITS = 16_000;
/** A cell that is run repeatedly on its own value, `x = [x]`, would make ever deeper types and slow the server down. */
const DEEPEST = 50;
/** What the kernel declares in every notebook, unless a cell declares the name. */
const IMPLICIT: readonly (readonly [string, string])[] = [
  ['_', '/** The last value that was shown. */ declare var _: any;'],
  ['Out', '/** The values that cells showed, by number: `Out[3]`. */ declare var Out: Record<number, any>;'],
];

/** Modules that Node imports and TypeScript has no types for. */
const MODULES = "declare module '*.wasm';";

export function createNotebook(documents: Documents, builtIn: (name: string) => boolean): Notebook {
  const slots = createSlots(documents);
  const scope = new Map<string, Place>();
  const given = new Set<string>();
  /** The text that declares each name, in the documents that do; the first of them is SCOPE itself. */
  let pages: Map<string, string>[] = [new Map()];
  const pageOf = new Map<string, number>();
  /** How many names lead to a slot. */
  const leading = new Map<number, number>();
  let segment: Segment | undefined;

  function declareAll(names: readonly Declaration[], slot: number): void {
    const changed = new Set<number>();
    for (const declaration of names) {
      const { name } = declaration;
      const before = scope.get(name)?.slot;
      scope.set(name, { slot, declaration });
      leading.set(slot, (leading.get(slot) ?? 0) + 1);
      if (before !== undefined) leading.set(before, (leading.get(before) ?? 0) - 1);
      // A second global of that name would be merged with the first, also where a cell's own module exports its own.
      if (builtIn(name)) continue;
      const page = pageOf.get(name) ?? roomyPage();
      pageOf.set(name, page);
      pages[page]?.set(name, globally(name, slot, declaration));
      changed.add(page);
    }
    // The first refers to the others, which must be there by then.
    for (const page of [...changed].sort((one, other) => other - one)) if (page > 0) writePage(page);
    writeScope();
    const empty = [...leading].filter(([, count]) => count === 0);
    for (const [slot] of empty) leading.delete(slot);
    if (empty.length > 0) slots.collect(leading.keys());
  }

  function roomyPage(): number {
    if ((pages.at(-1)?.size ?? 0) >= NAMES_IN_PAGE) pages.push(new Map());
    return pages.length - 1;
  }

  const nameOfPage = (page: number) => `${PREFIX}scope-${page}.d.ts`;

  function writePage(page: number): void {
    documents.put(nameOfPage(page), [...(pages[page]?.values() ?? [])].join('\n'));
  }

  function writeScope(): void {
    const references = pages.slice(1).map((_, index) => `/// <reference path="./${nameOfPage(index + 1)}" />`);
    const implicit = IMPLICIT.filter(([name]) => !scope.has(name)).map(([, text]) => text);
    documents.put(SCOPE, [...references, MODULES, ...implicit, ...(pages[0]?.values() ?? [])].join('\n'));
    documents.settle(SCOPE);
  }

  writeScope();

  const before = (name: string, alias = name): string => {
    const place = scope.get(name);
    if (!place) return '';
    if (slots.depth(place.slot) > DEEPEST) return `declare let ${alias}: any;`;
    return declare(alias, `${SPACE}.c${place.slot}.${name}`, place.declaration.kind);
  };

  /** Whether a cell means the same at the end of the segment as in a module of its own. */
  function joins(open: Segment, source: Source, { aliases }: Renamed): boolean {
    if (slots.isFree(open.slot) || source.language === 'tsx' || aliases.size > 0) return false;
    if (open.text.length + source.text.length > LONGEST_UNITS) return false;
    if (source.declarations.some(({ name }) => open.declared.has(name) || open.mentioned.has(name))) return false;
    return [...source.mentions].every((name) => {
      if (!open.declared.has(name) && !open.mentioned.has(name)) return true;
      const place = scope.get(name);
      // Not an older version; nor a variable, because its last assignment would narrow its type for the cells behind
      // it.
      if (open.declared.has(name)) return place?.slot === open.slot && place.declaration.kind !== 'variable';
      return place?.slot === open.mentioned.get(name);
    });
  }

  return {
    add(source, defined) {
      // Where the cell failed, the running program knows how far it came.
      if (defined === undefined) for (const name of source.given) given.add(name);
      const known = defined && new Set(defined);
      const kept = source.declarations.filter(({ name, early }) => early || !known || known.has(name));
      if (kept.length === 0) return;
      const renamed = rename(source, (name) => scope.has(name));
      const alone = defined !== undefined || source.language === 'tsx';
      const joined = !alone && segment !== undefined && joins(segment, source, renamed);
      const into = joined && segment ? segment : newSegment(slots.take(source.language));
      if (!alone) segment = into;
      write(into, source, renamed, kept);
      declareAll(kept, into.slot);
    },
    forget() {
      scope.clear();
      given.clear();
      segment = undefined;
      const written = pages.length;
      pages = [new Map()];
      pageOf.clear();
      leading.clear();
      writeScope();
      for (let page = 1; page < written; page++) writePage(page);
      slots.collect([]);
    },
    has: (name) => scope.has(name),
    gave: (name) => given.has(name),
    word: (name) => scope.get(name)?.declaration.word,
    alias: before,
    prepare: slots.prepare,
  };

  function write(into: Segment, source: Source, renamed: Renamed, kept: readonly Declaration[]): void {
    const own = new Set(source.declarations.map(({ name }) => name));
    const pins = [...source.mentions].filter((name) => scope.has(name) && !own.has(name));
    const fresh = pins.filter((name) => !into.declared.has(name) && !into.mentioned.has(name));
    const already = new Set(source.exported);
    const exported = new Set(kept.map(({ name }) => name).filter((name) => !already.has(name)));
    const lines = [into.text, renamed.text, ';', ...fresh.map((name) => before(name))];
    for (const [name, alias] of renamed.aliases) lines.push(before(name, alias));
    lines.push(`export { ${[...exported].join(', ')} };`);
    into.text = lines.join('\n');
    for (const used of [...fresh, ...renamed.aliases.keys()]) into.uses.add((scope.get(used) as Place).slot);
    for (const name of own) into.declared.add(name);
    for (const name of source.mentions) {
      if (!into.declared.has(name) && !into.mentioned.has(name)) into.mentioned.set(name, scope.get(name)?.slot);
    }
    slots.put(into.slot, into.text, into.uses);
  }
}

function newSegment(slot: number): Segment {
  return { slot, text: '', uses: new Set(), declared: new Set(), mentioned: new Map() };
}

/** The text that declares one name for all cells to come. */
function globally(name: string, slot: number, { kind, documentation }: Declaration): string {
  const text = declare(name, `${SPACE}.c${slot}.${name}`, kind);
  return isValue(kind) ? `${documentation}\n${text}` : text;
}

/** An import alias keeps types and documentation, but cannot be assigned to, and loses to a global of Node's. */
function declare(name: string, path: string, kind: DeclarationKind): string {
  if (!isValue(kind)) return `import ${name} = ${path};`;
  return `declare ${kind === 'variable' ? 'let' : 'const'} ${name}: typeof ${path};`;
}

function isValue(kind: DeclarationKind): boolean {
  return kind === 'variable' || kind === 'constant';
}
