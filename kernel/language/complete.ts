// Completion: the server's items at the cursor that continue the typed text, in Jupyter's shape.

import { isQuiet } from '../compile/read-cell.ts';
import { kindWord } from './completion-kinds.ts';
import { PREFIX } from './documents.ts';
import { DUMMY, type Edited, offsets } from './edited.ts';
import type { Completion, CompletionItem, LanguageOptions } from './language.ts';
import { chainBefore, keyBefore, liveItems } from './live-names.ts';
import { cursorOfOffset, type Range } from './position.ts';
import { LETTERS } from './rename.ts';
import type { Server } from './server.ts';
import { OWN_NAME } from './slots.ts';

interface Item {
  readonly label: string;
  readonly kind?: number;
  readonly sortText?: string;
  readonly insertText?: string;
  readonly detail?: string;
  readonly textEdit?: { readonly newText: string; readonly range?: Range; readonly insert?: Range };
}

interface Items {
  readonly items: readonly Item[];
  readonly itemDefaults?: { readonly editRange?: Range | { readonly insert: Range } };
}

interface Candidate {
  readonly item: Item;
  readonly text: string;
  readonly rank: string;
}

/** How many items get a signature: each costs the server 0.4 ms, and front ends show about a dozen. */
const SIGNATURES = 12;
/** The same where the items are all names in scope: each costs more, because the server collects all names anew. */
const SIGNATURES_OF_NAMES = 5;
/** How long signatures are waited for, in milliseconds, even where the list itself used up the patience. */
const SIGNATURES_MS = 100;

/** The server's rank of global names, which include those of earlier cells. */
const GLOBAL = '15';
/** The server's kind for a property. Its details may begin with the word `type` where that is its name. */
const PROPERTY = 5;

export const nothing: Completion = { matches: [], cursorStart: 0, cursorEnd: 0, types: [] };

export interface Question {
  readonly code: string;
  /** UTF-16. */
  readonly offset: number;
  readonly edited: Edited;
  readonly server: Server;
  readonly live: LanguageOptions['live'];
  /** Jupyter's word for what an earlier cell declares under a name. Such names come first. */
  readonly known: (name: string) => string | undefined;
  readonly patience: number;
}

/** The items at the cursor that continue the typed text. Never rejects: without a server, live names. */
export async function complete(question: Question): Promise<Completion> {
  const { code, offset, edited, server } = question;
  const params = { textDocument: edited.textDocument, position: edited.position(offset), context: { triggerKind: 1 } };
  const started = performance.now();
  const answer = await server.ask<Items>('textDocument/completion', params, question.patience);
  const found = answer ? choose(question, answer) : undefined;
  if (!found || found.candidates.length === 0) return completeLive(question);
  const { start, end, candidates } = found;
  const shown = candidates.some(({ item }) => item.sortText === GLOBAL) ? SIGNATURES_OF_NAMES : SIGNATURES;
  const left = Math.max(SIGNATURES_MS, question.patience - (performance.now() - started));
  const details = await Promise.all(candidates.slice(0, shown).map((one) => detail(question, one.item, left)));
  const from = cursorOfOffset(code, start);
  const to = cursorOfOffset(code, end);
  const types = candidates.map(({ item, text }, index): CompletionItem => {
    const itemDetail = details[index] ?? '';
    const type = typeWord(question, item, text, itemDetail);
    return { start: from, end: to, text, type, signature: brief(itemDetail) };
  });
  return { matches: types.map(({ text }) => text), cursorStart: from, cursorEnd: to, types };
}

/**
 * The kind of an item as Jupyter names it. An earlier cell's declaration and the item's detail are more exact than the
 * server's kind, which for such names is that of an alias.
 */
function typeWord({ known }: Question, { sortText, kind }: Item, text: string, itemDetail: string): string {
  const word = sortText === GLOBAL ? known(text) : undefined;
  if (word !== undefined && word !== 'variable') return word;
  const keyword = /^(?:\(alias\) )?(function|class|interface|enum|namespace|type) /.exec(itemDetail)?.[1];
  if (keyword === undefined || kind === undefined || kind === PROPERTY) return word ?? kindWord(kind);
  return keyword === 'namespace' ? 'module' : keyword;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function choose(question: Question, answer: Items): Place & { readonly candidates: readonly Candidate[] } {
  const { code, offset } = question;
  const places = placesOf(question, answer);
  // Jupyter has one range for all items, so the usual one is chosen. An item that replaces more (`.a-b` by `["a-b"]`)
  // is left out, and so is one beside the cursor, as in a closing tag: it would change text away from the cursor.
  const touching = places.filter(({ start, end }) => start <= offset && offset <= end);
  const word = wordBefore(code, offset);
  const place = touching.find(({ start }) => start >= word.start) ?? touching[0] ?? word;
  const prefix = code.slice(place.start, offset);
  const candidates: Candidate[] = [];
  for (const [index, item] of answer.items.entries()) {
    const { start, end } = places[index] as Place;
    const text = item.textEdit?.newText ?? item.insertText ?? item.label;
    const typed = isOptional(text, prefix) ? text.slice(1) : text;
    if (start !== place.start || end < offset || !continues(typed, prefix) || isUnwanted(text)) continue;
    candidates.push({ item, text, rank: rank(question, item, typed, prefix) });
  }
  candidates.sort((a, b) => compare(a.rank, b.rank) || compare(a.text, b.text));
  return { ...place, candidates: candidates.filter(({ text }, index) => text !== candidates[index - 1]?.text) };
}

/** The range of the cell that each item would replace. */
function placesOf({ code, offset, edited }: Question, { items, itemDefaults }: Items): readonly Place[] {
  const shared = itemDefaults?.editRange;
  const range = shared && 'insert' in shared ? shared.insert : shared;
  // Computed once, because a thousand globals may share it.
  const usual = range ? offsets(edited, range) : wordBefore(code, offset);
  const word = wordBefore(code, offset);
  return items.map(({ textEdit }) => {
    const own = textEdit?.insert ?? textEdit?.range;
    if (!own) return usual;
    const place = offsets(edited, own);
    // The server names only the dot: an editor inserts the item in place of the word behind it as well.
    const optional = isOptional(textEdit?.newText ?? '', code.slice(place.start, place.end));
    return optional && place.end === word.start ? { start: place.start, end: offset } : place;
  });
}

/** Whether an item puts `?.` where a dot is, because the value before it may be undefined. */
function isOptional(text: string, replaced: string): boolean {
  return text.startsWith('?.') && replaced.startsWith('.');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Names from the running program, for values of type `any` and where there is no server; not in comments, nor in
 * strings other than keys.
 */
async function completeLive({ code, offset, edited, live }: Question): Promise<Completion> {
  const before = code.slice(0, offset);
  const key = keyBefore(before);
  const chain = key ?? chainBefore(before);
  const end = cursorOfOffset(code, offset);
  const none = { matches: [], cursorStart: end, cursorEnd: end, types: [] };
  if (!chain || (chain.path.length === 0 && chain.prefix === '')) return none;
  // For a key in quotes, the bracket before it must be code.
  const place = key ? before.lastIndexOf('[', offset - key.prefix.length) : offset;
  if (edited.source && isQuiet(edited.source, place)) return none;
  const start = cursorOfOffset(code, offset - chain.prefix.length);
  const types = await liveItems(chain, start, end, live);
  return { matches: types.map(({ text }) => text), cursorStart: start, cursorEnd: end, types };
}

async function detail({ server, edited }: Question, item: Item, milliseconds: number): Promise<string> {
  const resolved = await server.ask<Item>('completionItem/resolve', item, milliseconds);
  return edited.words(resolved?.detail ?? '');
}

const LABEL = /^(?:\((?:alias|property|method|getter|setter|accessor|parameter|enum member|local \w+)\) )+/;
/** Where the server's text goes on to the next overload, or to another meaning of the name. */
const NEXT = /\n(?=\(\w+\) |(?:function|namespace|interface|type|class|var|const|let|import|module) |\/\/ \+)/;

/** A detail in one line. The kind has a column of its own; of overloads, the first and their number are enough. */
function brief(itemDetail: string): string {
  const [first = '', ...others] = itemDetail.split(NEXT).filter((part) => !/^import \S+ = __cokernel/.test(part));
  const more = others.reduce(
    (sum, part) => sum + Number(/^\/\/ \+(\d+)/.exec(part)?.[1] ?? (sameKind(first, part) ? 1 : 0)),
    0,
  );
  const line = first.replace(LABEL, '').replaceAll(/\s+/g, ' ');
  return more > 0 ? `${line} (+${more} overload${more > 1 ? 's' : ''})` : line;
}

function sameKind(first: string, other: string): boolean {
  return first.replace('(alias) ', '').split(' ')[0] === other.replace('(alias) ', '').split(' ')[0];
}

const NAME_END = /[\p{ID_Continue}$\u200c\u200d]*$/u;

function wordBefore(code: string, offset: number): Place {
  const tail = code.slice(Math.max(0, offset - 200), offset);
  return { start: offset - (NAME_END.exec(tail)?.[0].length ?? 0), end: offset };
}

function continues(text: string, prefix: string): boolean {
  return text.toLowerCase().startsWith(prefix.toLowerCase());
}

/** Whether a name is one of ours, or a folder that nobody imports by its path. */
function isUnwanted(text: string): boolean {
  if (text === 'node_modules' || text.startsWith(OWN_NAME) || text.startsWith(PREFIX)) return true;
  return [...LETTERS, DUMMY].some((letter) => text.includes(letter));
}

function rank({ known }: Question, item: Item, text: string, prefix: string): string {
  const exact = text.startsWith(prefix) ? '0' : '1';
  return exact + (item.sortText === GLOBAL && known(text) ? '11' : (item.sortText ?? ''));
}
