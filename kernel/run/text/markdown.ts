// Reads Markdown as a notebook, as jupytext does: fenced blocks of TypeScript are code cells, everything else is text.
// Quarto's blocks (```{typescript}) are read too.

import { cellOptions } from '../notebook/cell-options.ts';
import { notebookOf, readOptions, type TextNotebook, type TextPart } from './text-notebook.ts';

const LANGUAGES = ['typescript', 'ts', 'tsx'];

/** Reads a Markdown file's text. Never throws: any text is Markdown. */
export function readMarkdown(text: string): TextNotebook {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = headerOf(lines);
  const parts: TextPart[] = [];
  let prose: Prose = { lines: [], from: 0 };
  const endProse = () => {
    parts.push(proseOf('markdown', prose));
    prose = { lines: [], from: 0 };
  };
  for (let at = header.length === 0 ? 0 : header.length + 2; at < lines.length; at++) {
    const block = blockAt(lines, at);
    if (block?.part !== undefined) {
      endProse();
      parts.push(block.part);
    } else if (block === undefined && isBreak(lines, at, prose)) endProse();
    else {
      if (prose.lines.length === 0) prose.from = at;
      prose.lines.push(...lines.slice(at, (block?.end ?? at) + 1));
    }
    at = block?.end ?? at;
  }
  endProse();
  return notebookOf(parts, header);
}

interface Prose {
  readonly lines: string[];
  /** The index of its first line in the file. */
  from: number;
}

/** A text cell without the blank lines around it. */
function proseOf(kind: 'markdown' | 'raw', { lines, from }: Prose, metadata = {}): TextPart {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return {
    kind,
    source: lines.slice(Math.max(first, 0), last + 1).join('\n'),
    line: from + Math.max(first, 0) + 1,
    metadata,
  };
}

/** Lines that belong together: a cell of its own, or (without `part`) a fenced block inside a text cell. */
interface Block {
  readonly end: number;
  readonly part?: TextPart;
}

function blockAt(lines: readonly string[], at: number): Block | undefined {
  const line = lines[at] as string;
  const region = regionAt(lines, at);
  if (region !== undefined) return region;
  const fence = fenceOf(line);
  if (fence === undefined) return undefined;
  const end = endOf(lines, at, fence);
  if (!fence.code) return { end };
  return { end, part: { kind: 'code', ...withQuartoOptions(lines.slice(at + 1, end), fence.options), line: at + 2 } };
}

/** jupytext's marks around a text cell that has tags or blank lines, or is raw. */
function regionAt(lines: readonly string[], at: number): Block | undefined {
  const [, word, options = ''] = /^<!-- #(region|md|raw)\b(.*?)-->\s*$/.exec(lines[at] as string) ?? [];
  if (word === undefined) return undefined;
  const end = lines.findIndex((line, index) => index > at && line.startsWith(`<!-- #end${word}`));
  if (end < 0) return undefined;
  const inner = { lines: lines.slice(at + 1, end), from: at + 1 };
  return { end, part: proseOf(word === 'raw' ? 'raw' : 'markdown', inner, readOptions(options)) };
}

/** Two blank lines end a text cell. */
function isBreak(lines: readonly string[], at: number, { lines: before }: Prose): boolean {
  return lines[at]?.trim() === '' && before.length > 1 && before.at(-1)?.trim() === '';
}

/** The lines between the two `---` at the beginning of a file. */
function headerOf(lines: readonly string[]): readonly string[] {
  if (lines[0]?.trim() !== '---') return [];
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(line));
  return end < 0 ? [] : lines.slice(1, end);
}

interface Fence {
  readonly mark: string;
  readonly code: boolean;
  readonly options: Record<string, unknown>;
}

function fenceOf(line: string): Fence | undefined {
  const [, indent = '', mark, info = ''] = /^( {0,3})(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line) ?? [];
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return undefined;
  const [, language = '', rest = ''] = /^\{?\.?(\w*)(.*?)\}?$/.exec(info) ?? [];
  // `.noeval` and `active=""` mark a block in jupytext that is shown but not run.
  const shown = /(^|\s)\.noeval\b|\bactive=""/.test(rest);
  // An indented block belongs to the list that it is in.
  const code = indent === '' && LANGUAGES.includes(language.toLowerCase()) && !shown;
  return { mark, code, options: code ? readOptions(rest) : {} };
}

/** The line of the closing fence; the end of the text if there is none. */
function endOf(lines: readonly string[], from: number, { mark }: Fence): number {
  const closing = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}\\s*$`);
  const end = lines.findIndex((line, index) => index > from && closing.test(line));
  return end < 0 ? lines.length : end;
}

function withQuartoOptions(body: readonly string[], options: Record<string, unknown>) {
  const source = body.join('\n');
  const metadata = { ...options };
  const { tags } = cellOptions(source);
  if (tags !== undefined) metadata.tags = [tags].flat();
  return { source, metadata };
}
