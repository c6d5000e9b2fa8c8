// The stored notebooks, for the tests: cells, texts, tags, and outputs.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export const folder = join(import.meta.dirname, '..', '..', 'notebooks');

type Lines = string | readonly string[];
interface Output {
  readonly output_type: string;
  readonly text?: Lines;
  readonly data?: Readonly<Record<string, Lines>>;
  readonly traceback?: readonly string[];
}

export interface Cell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown';
  readonly source: Lines;
  readonly metadata: {
    readonly tags?: readonly string[];
    readonly slideshow?: { readonly slide_type: string };
  };
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

export interface Notebook {
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly metadata: { readonly kernelspec: { readonly name: string; readonly language: string } };
}

export const notebooks: readonly Notebook[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ipynb'))
  .sort()
  .map((name) => ({ ...(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Omit<Notebook, 'name'>), name }));

const joined = (lines: Lines = ''): string => [lines].flat().join('');

export const sourceOf = ({ source }: Cell): string => joined(source);

export const tagsOf = ({ metadata }: Cell): readonly string[] => metadata.tags ?? [];

/** The outputs of a cell, as text. */
export function shownBy({ outputs = [] }: Cell): string {
  const texts = outputs.map(({ text, data, traceback }) => joined(text ?? data?.['text/plain'] ?? traceback));
  return stripVTControlCharacters(texts.join('\n'));
}

/** The MIME types of a cell's outputs. */
export function kindsOf({ outputs = [] }: Cell): readonly string[] {
  return outputs.flatMap(({ data = {} }) => Object.keys(data));
}

/** What a cell prints and gives wherever it runs: undefined if that is a picture or holds times. */
export function storedText(cell: Cell): string | undefined {
  if (tagsOf(cell).some((tag) => tag.startsWith('volatile'))) return undefined;
  const text = shownBy(cell);
  // Bars of text are times too.
  return kindsOf(cell).includes('text/html') || text.includes('█') ? undefined : text;
}

/** A cell's outputs of one MIME type. */
export function dataOf({ outputs = [] }: Cell, kind: string): readonly string[] {
  return outputs.flatMap(({ data = {} }) => (data[kind] === undefined ? [] : joined(data[kind])));
}
