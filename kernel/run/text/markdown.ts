// Markdown as a notebook, the way jupytext reads it: fenced blocks of TypeScript are code cells, all else is text.
// Quarto's blocks (```{typescript}) are read as well.

import { notebookOf, readOptions, type TextNotebook, type TextPart } from './notebook.ts';

const LANGUAGES = ['typescript', 'ts', 'tsx'];

/** Reads a Markdown file's text. Never throws: any text is Markdown. */
export function readMarkdown(text: string): TextNotebook {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = headerOf(lines);
  const parts: TextPart[] = [];
  let prose: string[] = [];
  let proseLine = 1;
  const endProse = () => {
    const blank = prose.findIndex((line) => line.trim() !== '');
    if (blank >= 0) {
      parts.push({ kind: 'markdown', source: trimmed(prose).join('\n'), line: proseLine + blank });
    }
    prose = [];
  };
  for (let at = header.length === 0 ? 0 : header.length + 2; at < lines.length; at++) {
    const line = lines[at] as string;
    const fence = fenceOf(line);
    if (prose.length === 0) proseLine = at + 1;
    if (fence === undefined) {
      if (isBoundary(line, prose)) endProse();
      else prose.push(line);
      continue;
    }
    const end = endOf(lines, at, fence);
    if (fence.code) {
      endProse();
      const body = lines.slice(at + 1, end).map((inner) => withoutIndent(inner, fence.indent));
      parts.push({ kind: 'code', ...withQuartoOptions(body, fence.options), line: at + 2 });
    } else prose.push(...lines.slice(at, end + 1));
    at = end;
  }
  endProse();
  return notebookOf(parts, header);
}

/** The lines between the two `---` at a file's beginning. */
function headerOf(lines: readonly string[]): readonly string[] {
  if (lines[0]?.trim() !== '---') return [];
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(line));
  return end < 0 ? [] : lines.slice(1, end);
}

interface Fence {
  readonly mark: string;
  readonly indent: number;
  readonly code: boolean;
  readonly options: Record<string, unknown>;
}

function fenceOf(line: string): Fence | undefined {
  const [, indent = '', mark, info = ''] = /^( {0,3})(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line) ?? [];
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return undefined;
  const [, language = '', rest = ''] = /^\{?\.?(\w*)(.*?)\}?$/.exec(info) ?? [];
  // `.noeval` and `active=""` are jupytext's words for a block that is shown and not run.
  const shown = /(^|\s)\.noeval\b|\bactive=""/.test(rest);
  const code = LANGUAGES.includes(language.toLowerCase()) && !shown;
  return { mark, indent: indent.length, code, options: code ? readOptions(rest) : {} };
}

/** The line of the closing fence; the text's last where it is never closed. */
function endOf(lines: readonly string[], from: number, { mark }: Fence): number {
  const closing = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}\\s*$`);
  const end = lines.findIndex((line, index) => index > from && closing.test(line));
  return end < 0 ? lines.length : end;
}

function withoutIndent(line: string, indent: number): string {
  return line.replace(new RegExp(`^ {0,${indent}}`), '');
}

/** Quarto's `//| tags: [skip]` lines at a block's head; they are comments, so they stay in the source. */
function withQuartoOptions(body: readonly string[], options: Record<string, unknown>) {
  const metadata = { ...options };
  for (const line of body) {
    const [, key, value] = /^\/\/\|\s*([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined) break;
    if (key === 'tags')
      metadata.tags = (value ?? '')
        .replace(/^\[|\]$/g, '')
        .split(',')
        .map((tag) => tag.trim().replace(/^["']|["']$/g, ''));
    if (key === 'eval' && value === 'false') metadata.tags = ['skip'];
  }
  return { source: body.join('\n'), metadata };
}

/** jupytext's marks of a text cell's borders; two blank lines are one as well. */
function isBoundary(line: string, before: readonly string[]): boolean {
  if (/^<!-- #(end)?(region|md|raw)\b.*-->\s*$/.test(line)) return true;
  return line.trim() === '' && before.length > 1 && before.at(-1)?.trim() === '';
}

function trimmed(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return lines.slice(first, last + 1);
}
