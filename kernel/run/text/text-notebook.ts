// A notebook made from a text file: its cells, and the line of the file on which each begins.

import { type CodeCell, type Fields, isFields, type Notebook, type TextCell } from '../notebook/notebook.ts';

export interface TextNotebook {
  readonly notebook: Notebook;
  /** From 1, one for each cell. */
  readonly lines: readonly number[];
}

/** One cell as it is in the text. */
export interface TextPart {
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly source: string;
  readonly line: number;
  readonly metadata?: Fields;
}

const kernelspec = { display_name: 'TypeScript (cokernel)', language: 'typescript', name: 'cokernel' };

/** The notebook of these parts; `header` is the file's YAML header, without its fences. */
export function notebookOf(parts: readonly TextPart[], header: readonly string[] = []): TextNotebook {
  const kept = parts.filter(({ kind, source }) => kind === 'code' || source.trim() !== '');
  const cells = kept.map((part, index) => cellOf(part, index));
  const named = kernelOf(header);
  const metadata = { kernelspec: named === undefined ? kernelspec : { ...kernelspec, name: named } };
  return { notebook: { cells, metadata, nbformat: 4, nbformat_minor: 5 }, lines: kept.map(({ line }) => line) };
}

/** Ids are numbered by position, so that the same text always gives the same notebook. */
function cellOf({ kind, source, metadata = {} }: TextPart, index: number): CodeCell | TextCell {
  const id = `cell-${String(index + 1).padStart(2, '0')}`;
  if (kind === 'code') return { cell_type: 'code', id, metadata, source, outputs: [], execution_count: null };
  return { cell_type: kind, id, metadata, source };
}

/** The kernel's name from jupytext's `kernelspec:` or Quarto's `jupyter:`; the rest of the YAML is ignored. */
function kernelOf(header: readonly string[]): string | undefined {
  let inside: number | undefined;
  for (const line of header) {
    const [, indent = '', key, value = ''] = /^(\s*)([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined) continue;
    if (key === 'jupyter' && indent === '' && value !== '') return unquoted(value);
    if (key === 'kernelspec') inside = indent.length;
    else if (inside !== undefined && indent.length <= inside) inside = undefined;
    else if (inside !== undefined && key === 'name') return unquoted(value);
  }
  return undefined;
}

function unquoted(value: string): string {
  return value.replace(/^(['"])(.*)\1$/, '$2');
}

/**
 * A cell's options as jupytext writes them: `tags=["skip", "ellipsis"] name="a"`, or an object in JSON.
 * Options that cannot be read are left out.
 */
export function readOptions(text: string): Fields {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) {
    const value = parsed(trimmed);
    return isFields(value) ? value : {};
  }
  const options: Fields = {};
  for (const [, key, value] of trimmed.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^}]*\}|[^\s,]+)/g)) {
    if (key !== undefined && value !== undefined) options[key] = parsed(value) ?? value;
  }
  return options;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
