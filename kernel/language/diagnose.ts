// Type errors of one cell, in the words shown under it: which of the server's complaints count, and how they are put.

import { codeFrame } from '../../runtime/compile/frame.ts';
import { type Edited, offsets } from './edited.ts';
import type { Diagnostic } from './language.ts';
import { cursorOfOffset, lineStarts, type Range } from './position.ts';
import type { Server } from './server.ts';

interface Reported {
  readonly range: Range;
  readonly severity?: number;
  readonly code?: number | string;
  readonly message: string;
}

export interface Question {
  readonly count: number;
  readonly code: string;
  readonly edited: Edited;
  readonly server: Server;
  /** Whether an earlier cell declares the name. */
  readonly known: (name: string) => boolean;
  /** Which of some names live in the running program though no cell's text declares them. */
  readonly lives: (name: string) => Promise<boolean>;
  readonly patience: number;
}

/**
 * True at run time, or nobody's mistake, in a notebook: 7016 (a package without types), 2686 (how we show names to the
 * server), 5097 (imports with .ts), 2835 and 2834 (imports without), 1208 and 1280 (a cell is no script).
 */
const IGNORED = new Set([7016, 2686, 5097, 2835, 2834, 1208, 1280]);
/** Complaints about a name used before its declaration, or declared without type or value: an earlier cell gave it one. */
const TOO_EARLY = new Set([2448, 2449, 2450, 2454, 7005, 7022, 7034]);
const UNKNOWN_NAME = new Set([2304, 2552, 2503, 18004]);

export async function diagnose(question: Question): Promise<readonly Diagnostic[]> {
  const { edited, server, patience } = question;
  const params = { textDocument: edited.textDocument };
  const answer = await server.ask<{ readonly items?: readonly Reported[] }>(
    'textDocument/diagnostic',
    params,
    patience,
  );
  const found: Diagnostic[] = [];
  for (const reported of answer?.items ?? []) {
    if (reported.severity !== undefined && reported.severity > 2) continue;
    const diagnostic = describe(question, reported);
    if (await counts(question, diagnostic)) found.push(diagnostic);
  }
  return found.sort((a, b) => a.line - b.line || a.column - b.column);
}

async function counts({ known, lives }: Question, { code, message }: Diagnostic): Promise<boolean> {
  if (IGNORED.has(code)) return false;
  const name = /'([^']+)'/.exec(message)?.[1] ?? '';
  if (TOO_EARLY.has(code)) return !known(name);
  return !(UNKNOWN_NAME.has(code) && (await lives(name)));
}

function describe({ count, code, edited }: Question, reported: Reported): Diagnostic {
  const { start, end } = offsets(edited, reported.range);
  const starts = lineStarts(code);
  const index = starts.findLastIndex((first) => first <= start);
  const from = starts[index] as number;
  const line = index + 1;
  const column = cursorOfOffset(code.slice(from), start - from) + 1;
  const message = plain(edited.words(reported.message));
  const severity = reported.severity === 2 ? 'warning' : 'error';
  const number = Number(reported.code);
  // One line is enough: the cell itself stands right above.
  const frame = codeFrame(code, line, start - from + 1, { length: Math.max(end - start, 1), around: 0 });
  const text = [`Cell [${count}]:${line}:${column} - ${severity} TS${number}: ${message}`, ...frame].join('\n');
  return { code: number, line, column, severity, message, text };
}

/** The server's words, without our way of showing earlier cells. */
function plain(said: string): string {
  return said.replaceAll(/import\("[^"]*\.cokernel-[^"]*"\)\./g, '').replaceAll(/__cokernel_cells\.c\d+\./g, '');
}
