// Reads a .ts file in percent format (of jupytext, VS Code and Hydrogen) as a notebook: `// %%` begins a cell.
// A file without such a line is one cell.

import { notebookOf, readOptions, type TextNotebook, type TextPart } from './text-notebook.ts';

/** Reads a .ts file's text. Never throws. */
export function readPercent(text: string): TextNotebook {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = headerOf(lines);
  const parts: TextPart[] = [];
  let open: { readonly mark: string; readonly line: number; readonly body: string[] } = {
    mark: '',
    line: header.end + 1,
    body: [],
  };
  const end = () => parts.push(partOf(open.mark, open.body, open.line));
  for (const [index, line] of lines.entries()) {
    if (index < header.end) continue;
    const mark = /^\/\/ ?%%(?!%)(.*)$/.exec(line)?.[1];
    if (mark === undefined) open.body.push(line);
    else {
      end();
      open = { mark, line: index + 2, body: [] };
    }
  }
  end();
  // The text before the first mark is a cell only if it is not empty.
  const first = parts[0]?.source === '' && parts.length > 1 ? parts.slice(1) : parts;
  return notebookOf(first, header.lines);
}

/**
 * jupytext's YAML header, in which each line is a comment. A line for Emacs that names the encoding may precede it.
 * `end` is the index of the line after it.
 */
function headerOf(lines: readonly string[]): { readonly lines: readonly string[]; readonly end: number } {
  const first = /^\/\/ -\*-.*-\*-\s*$/.test(lines[0] ?? '') ? 1 : 0;
  if (lines[first]?.trim() !== '// ---') return { lines: [], end: first };
  const end = lines.findIndex((line, index) => index > first && line.trim() === '// ---');
  return end < 0 ? { lines: [], end: first } : { lines: lines.slice(first + 1, end).map(uncommented), end: end + 1 };
}

function partOf(mark: string, body: readonly string[], line: number): TextPart {
  const first = body.findIndex((text) => text.trim() !== '');
  const last = body.findLastIndex((text) => text.trim() !== '');
  const lines = first < 0 ? [] : body.slice(first, last + 1);
  const [, word] = /(?:^|\s)\[(markdown|md|raw)\]/.exec(mark) ?? [];
  const kind = word === undefined ? 'code' : word === 'raw' ? 'raw' : 'markdown';
  const options = /(\{.*|[\w.-]+=.*)$/.exec(mark)?.[1] ?? '';
  const source = (kind === 'code' ? lines : prose(lines)).join('\n');
  return { kind, source, line: line + Math.max(first, 0), metadata: readOptions(options) };
}

/** Text is written as comments: each line behind `//`, or all of it in a block comment. */
function prose(lines: readonly string[]): readonly string[] {
  const block = /^\/\*\s*([\s\S]*?)\s*\*\/$/.exec(lines.join('\n').trim());
  return block?.[1] === undefined ? lines.map(uncommented) : block[1].split('\n');
}

function uncommented(line: string): string {
  return line.replace(/^\/\/ ?/, '');
}
