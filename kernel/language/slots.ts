// The documents that hold the cells which ran: they are taken, written, and freed when no name leads to them any more.

import { type Documents, PREFIX } from './documents.ts';

export interface Slots {
  /** Takes a free document. */
  take(language: 'ts' | 'tsx'): number;
  /** Writes a document; `uses` are the slots that it refers to. */
  put(slot: number, text: string, uses: ReadonlySet<number>): void;
  /** Frees the documents that cannot be reached from `roots`, directly or through others. */
  collect(roots: Iterable<number>): void;
  isFree(slot: number): boolean;
  /** The length of the longest chain of slots that it uses, itself included. */
  depth(slot: number): number;
  /** Opens some documents before they are needed. */
  prepare(): void;
}

interface Slot {
  readonly name: string;
  uses: ReadonlySet<number>;
  depth: number;
  free: boolean;
}

/**
 * The document that exports all others. It is opened with the first of them; opened later it would cost a first
 * completion 10 ms.
 */
export const INDEX = `${PREFIX}index.d.ts`;
/** What every name that we declare starts with; completion leaves such names out. */
export const OWN_NAME = '__cokernel';
/** The name under which other documents reach into the slots: `SPACE.c3.name`. */
export const SPACE = `${OWN_NAME}_cells`;

const NONE: ReadonlySet<number> = new Set();
const EMPTY = 'export {};';
/** How many are opened ahead: each costs the server about 5 ms, so not while a cell waits. */
const BLOCK = 8;

export function createSlots(documents: Documents): Slots {
  const slots: Slot[] = [];

  function grow(language: 'ts' | 'tsx', count: number): void {
    const from = slots.length;
    for (let slot = from; slot < from + count; slot++) {
      slots.push({ name: `${PREFIX}${slot}.${language}`, uses: NONE, depth: 1, free: true });
    }
    const lines = slots.map(({ name }, slot) => `export * as c${slot} from './${name}';`);
    documents.put(INDEX, `${lines.join('\n')}\nexport as namespace ${SPACE};\nexport {};\n`);
    for (const { name } of slots.slice(from)) documents.put(name, EMPTY);
  }

  return {
    take(language) {
      const fits = (slot: Slot) => slot.free && slot.name.endsWith(`.${language}`);
      let slot = slots.findIndex(fits);
      if (slot < 0) {
        grow(language, 1);
        slot = slots.length - 1;
      }
      (slots[slot] as Slot).free = false;
      return slot;
    },
    put(number, text, uses) {
      const slot = slots[number] as Slot;
      slot.uses = uses;
      slot.depth = 1 + Math.max(0, ...[...uses].map((used) => slots[used]?.depth ?? 0));
      documents.put(slot.name, text);
      documents.settle(slot.name);
    },
    collect(roots) {
      const reached = new Set<number>();
      const open = [...roots];
      for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
        if (reached.has(slot)) continue;
        reached.add(slot);
        open.push(...(slots[slot]?.uses ?? NONE));
      }
      for (const [number, slot] of slots.entries()) {
        if (slot.free || reached.has(number)) continue;
        slot.free = true;
        slot.uses = NONE;
        documents.put(slot.name, EMPTY);
      }
    },
    depth: (slot) => slots[slot]?.depth ?? 1,
    isFree: (slot) => slots[slot]?.free ?? true,
    prepare() {
      if (slots.filter(({ free }) => free).length < BLOCK / 2) grow('ts', BLOCK);
    },
  };
}
