// The type errors of one cell as they are shown below it: chooses which of the server's errors count, and words them.

import { codeFrame, frameLines } from '../../runtime/compile/code-frame.ts';
import type { Join } from '../compile/joins.ts';
import { type Edited, offsets } from './edited.ts';
import type { Diagnostic } from './language.ts';
import { cursorOfOffset, lineStarts, type Position, type Range } from './position.ts';
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
  /** Whether an earlier cell put the name on the global object. */
  readonly given: (name: string) => boolean;
  /** Whether the running program knows the name, although no cell's text declares it. */
  readonly lives: (name: string) => Promise<boolean>;
  readonly patience: number;
}

/**
 * Errors that are none in a notebook: 7016 (a package without types), 2686 (an effect of how names are shown to the
 * server), 5097 (imports with .ts), 2835 and 2834 (imports without it), 1208 and 1280 (a cell is not a script).
 */
const IGNORED = new Set([7016, 2686, 5097, 2835, 2834, 1208, 1280]);
/**
 * A name used before its declaration, declared without type or value, or exported without being the cell's own. No error
 * where an earlier cell declared it.
 */
const DECLARED_BEFORE = new Set([2448, 2449, 2450, 2454, 2661, 7005, 7022, 7034]);
/** A name without a declaration, or declared as a type alone: an earlier cell's value of that name is still there. */
const UNKNOWN_NAME = new Set([2304, 2552, 2503, 18004, 2693]);
/** A member that TypeScript knows no declaration of: `globalThis.x`, `globalThis['x']`. */
const UNKNOWN_MEMBER = new Set([7017, 7053]);

/** The cell, cut into lines once for all of its errors: as the server counts lines, and as frames do. */
interface Text {
  readonly starts: readonly number[];
  readonly lines: readonly string[];
}

/** More errors of one cell than this are not shown: nobody reads them, and a generated cell may have 100,000. */
const MOST = 100;

/** The errors and warnings of a cell, in the order of their places; the first hundred where there are more. */
export async function diagnose(question: Question): Promise<readonly Diagnostic[]> {
  const { edited, server, patience } = question;
  const params = { textDocument: edited.textDocument };
  const answer = await server.ask<{ readonly items?: readonly Reported[] }>(
    'textDocument/diagnostic',
    params,
    patience,
  );
  const text: Text = { starts: lineStarts(question.code), lines: frameLines(question.code) };
  const errors = (answer?.items ?? []).filter(({ severity }) => severity === undefined || severity <= 2);
  const found: Diagnostic[] = [];
  const told = new Set<Join>();
  for (const reported of errors.sort((a, b) => compare(a.range.start, b.range.start))) {
    const diagnostic = describe(question, reported, text);
    const range = offsets(edited, reported.range);
    if (!(await counts(question, diagnostic, question.code.slice(range.start, range.end)))) continue;
    const join = joinAround(edited, range);
    if (!join) found.push(diagnostic);
    else if (!told.has(join)) {
      told.add(join);
      found.push(hint(question, join, diagnostic, text));
    }
    if (found.length === MOST) break;
  }
  return found.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Where two lines of the statement with an error were joined for want of a `;`. */
function joinAround({ source }: Edited, { start, end }: { readonly start: number; readonly end: number }) {
  if (!source) return undefined;
  const { joins, shift } = source;
  return joins.findLast((join) => join.start <= start + shift && end + shift <= join.end);
}

/** One sentence in place of all errors of the statement, which follow from the join. */
function hint(question: Question, join: Join, { code, severity }: Diagnostic, text: Text): Diagnostic {
  const at = join.at - (question.edited.source?.shift ?? 0);
  const message = `This line goes on with the one above, as ${join.as}. If it should not, end that one with ;`;
  return drawn(question, { code, severity, message, start: at, end: at + 1 }, text);
}

async function counts(question: Question, { code, message }: Diagnostic, at: string): Promise<boolean> {
  if (IGNORED.has(code)) return false;
  const name = /'([^']+)'/.exec(message)?.[1] ?? '';
  if (DECLARED_BEFORE.has(code)) return !question.known(name);
  if (UNKNOWN_NAME.has(code)) return !(await exists(question, name));
  if (!UNKNOWN_MEMBER.has(code) || !message.includes("'typeof globalThis'")) return true;
  return !(await exists(question, /'"([^"]+)"'/.exec(message)?.[1] ?? at));
}

/** Whether a name that no text declares is there all the same: on the global object, or in the running program. */
async function exists({ edited, given, lives }: Question, name: string): Promise<boolean> {
  return edited.source?.given.includes(name) || given(name) || (await lives(name));
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

function describe(question: Question, reported: Reported, text: Text): Diagnostic {
  const { edited } = question;
  const message = plain(edited.words(reported.message));
  const severity = reported.severity === 2 ? 'warning' : 'error';
  return drawn(question, { ...offsets(edited, reported.range), code: Number(reported.code), severity, message }, text);
}

interface Finding extends Pick<Diagnostic, 'code' | 'severity' | 'message'> {
  /** Offsets in the cell. */
  readonly start: number;
  readonly end: number;
}

function drawn({ count, code }: Question, finding: Finding, { starts, lines }: Text): Diagnostic {
  const { start, end, severity, message, code: number } = finding;
  const index = starts.findLastIndex((first) => first <= start);
  const from = starts[index] as number;
  const line = index + 1;
  const column = cursorOfOffset(code.slice(from, start), start - from) + 1;
  // One line is enough, because the cell itself stands right above.
  const frame = codeFrame(lines, line, start - from + 1, { length: Math.max(end - start, 1), around: 0 });
  const text = [`Cell [${count}]:${line}:${column} - ${severity} TS${number}: ${message}`, ...frame].join('\n');
  return { code: number, line, column, severity, message, text };
}

/** The server's message, without the names of the documents that hold earlier cells. */
function plain(message: string): string {
  return message.replaceAll(/import\("[^"]*\.cokernel-[^"]*"\)\./g, '').replaceAll(/__cokernel_cells\.c\d+\./g, '');
}
