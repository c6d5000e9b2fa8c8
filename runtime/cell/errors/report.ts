// A thrown value as Jupyter shows it: header, code frame, stack, causes, members. Errors are read in anatomy.ts.

import { types } from '#host/inspection';
import { codeFrame } from '../../compile/code-frame.ts';
import type { ErrorReport } from '../../events.ts';
import { plainText } from '../display/plain.ts';
import { isObject, unwrap } from '../display/reflect.ts';
import { isErrorLike } from '../display/tame.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import { type Anatomy, anatomyOf } from './anatomy.ts';
import { otherRemedy, remedyFor, type Whereabouts } from './remedy.ts';
import type { Sources } from './sources.ts';
import { placeText, type StackFrame } from './stack-frames.ts';
import { framesOf } from './stacks.ts';

/** What a report needs. */
export interface ReportContext {
  readonly sources: Sources;
  /** Finds out where an undefined name could come from. */
  readonly where?: Whereabouts;
}

interface Drawing extends ReportContext {
  /** Errors already drawn: causes may form a circle. */
  readonly seen: Set<object>;
  /** Lines whose source was already shown: a cause is often thrown on the same line as its error. */
  readonly shown: Set<string>;
}

// Python's limits for groups (traceback.TracebackException); as many frames as are useful on a screen.
const MEMBERS = 15;
const LEVELS = 10;
const FIRST_FRAMES = 30;
const LAST_FRAMES = 10;
const REPEATS = 3;

const NOWHERE: Whereabouts = { exporter: () => undefined, leftOutBy: () => undefined };

const red = (text: string): string => `\x1b[31m${text}\x1b[39m`;
const green = (text: string): string => `\x1b[32m${text}\x1b[39m`;
// Bold, not a colour: no third colour is readable on both the light and the dark error area of JupyterLab.
const bold = (text: string): string => `\x1b[1m${text}\x1b[22m`;

/** The report of whatever was thrown. Throws only the interrupt that ended one of its getters. */
export function errorReport(thrown: unknown, context: ReportContext): ErrorReport {
  try {
    const error = errorIn(thrown);
    if (!error) return thrownReport(thrown);
    const { name, message } = anatomyOf(error);
    return {
      ename: name,
      evalue: message,
      traceback: draw(error, 0, { ...context, seen: new Set(), shown: new Set() }),
    };
  } catch (failure) {
    if (failure instanceof KeyboardInterrupt) throw failure;
    const why = `An error was thrown that could not be read: ${plainText(failure).split('\n', 1)[0]}`;
    return { ename: 'Error', evalue: why, traceback: [`${red('Error')}: ${why}`] };
  }
}

function errorIn(thrown: unknown): object | undefined {
  const value = isObject(thrown) ? unwrap(thrown) : null;
  return value !== null && isErrorLike(value) ? value : undefined;
}

function thrownReport(thrown: unknown): ErrorReport {
  const text = plainText(thrown);
  const evalue = typeof thrown === 'string' ? thrown.slice(0, 10_000) : text;
  const note = bold('  What was thrown is not an Error, so there is no stack. throw new Error(…) keeps one.');
  return { ename: 'Thrown', evalue, traceback: [`${red('Thrown')}: ${text}`, note] };
}

function draw(error: object, level: number, drawing: Drawing): string[] {
  if (drawing.seen.has(error)) return [`<${anatomyOf(error).name} as above>`];
  drawing.seen.add(error);
  const anatomy = anatomyOf(error);
  const frames = framesOf(error, drawing.sources);
  return [
    ...header(anatomy),
    ...remedy(anatomy, frames, drawing),
    ...sourceLines(frames, drawing),
    ...stackLines(frames),
    ...(anatomy.properties === undefined ? [] : anatomy.properties.split('\n').map((line) => `  ${line}`)),
    ...(anatomy.members ? memberLines(anatomy.members, level, drawing) : []),
    ...(anatomy.cause ? causeLines(anatomy.cause.value, level, drawing) : []),
  ];
}

function header({ name, message, notes }: Anatomy): string[] {
  const first = message === '' ? red(name) : `${red(name)}: ${message}`;
  return [...first.split('\n'), ...notes.flatMap(noteLines)];
}

function noteLines(note: string): string[] {
  return note.split('\n').map((line) => bold(`  ${line}`));
}

function remedy(
  { name, message }: Anatomy,
  [top]: readonly StackFrame[],
  { sources, where = NOWHERE }: Drawing,
): string[] {
  const line = top?.line === undefined ? undefined : linesOf(sources.sourceOf(top.script) ?? '')[top.line - 1];
  const found = name === 'ReferenceError' ? remedyFor(message, line ?? '', where) : otherRemedy(message, line ?? '');
  return found === undefined ? [] : noteLines(found);
}

// The innermost place in the person's own source.
function sourceLines(frames: readonly StackFrame[], { sources, shown }: Drawing): string[] {
  for (const { script, line, column } of frames) {
    const source = line === undefined || isPackage(script) ? undefined : sources.sourceOf(script);
    if (source !== undefined && line !== undefined) {
      const place = `${script}:${line}`;
      if (shown.has(place)) return [];
      shown.add(place);
      return codeFrame(source, line, column ?? indent(source, line), { colour: true });
    }
  }
  return [];
}

// The column of an await is not known: the mark goes to the start of its line.
function indent(source: string, line: number): number {
  return 1 + (linesOf(source)[line - 1] ?? '').search(/\S|$/);
}

function linesOf(source: string): string[] {
  return source.split(/\r\n|[\n\r\u2028\u2029]/);
}

function isPackage(script: string): boolean {
  return /[\\/]node_modules[\\/]/.test(script);
}

function stackLines(frames: readonly StackFrame[]): string[] {
  const line = (frame: StackFrame): string =>
    `    at ${frame.name === undefined ? green(placeText(frame)) : `${frame.name} (${green(placeText(frame))})`}`;
  const lines = withoutRepeats(frames.map(line));
  const rest = lines.length - FIRST_FRAMES - LAST_FRAMES;
  if (rest <= 1) return lines;
  return [...lines.slice(0, FIRST_FRAMES), `    … ${rest} more frames`, ...lines.slice(-LAST_FRAMES)];
}

/** An endless recursion is one line, shown three times, as in Python. */
function withoutRepeats(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0, end = 0; at < lines.length; at = end) {
    while (end < lines.length && lines[end] === lines[at]) end += 1;
    const repeats = end - at - REPEATS;
    kept.push(...lines.slice(at, repeats > 1 ? at + REPEATS : end));
    if (repeats > 1) kept.push(`    … the line above ${repeats} more times`);
  }
  return kept;
}

function causeLines(cause: unknown, level: number, drawing: Drawing): string[] {
  if (level >= LEVELS) return ['Caused by … (further causes are left out)'];
  const [first = '', ...rest] = drawAny(cause, level + 1, drawing);
  return [`Caused by: ${first}`, ...rest];
}

function drawAny(value: unknown, level: number, drawing: Drawing): string[] {
  const error = errorIn(value);
  return error ? draw(error, level, drawing) : plainText(value).split('\n');
}

// Drawn as Python draws an exception group, so that readers of both recognise it.
function memberLines(members: readonly unknown[], level: number, drawing: Drawing): string[] {
  if (level >= LEVELS) return [`  … ${members.length} members, nested too deeply to be shown`];
  const lines: string[] = [];
  const rule = (label: string): string =>
    `  ${lines.length === 0 ? '+-+' : '  +'}---------------- ${label} ----------------`;
  members.slice(0, MEMBERS).forEach((member, index) => {
    lines.push(rule(String(index + 1)), ...drawAny(member, level + 1, drawing).map((line) => `    | ${line}`));
  });
  if (members.length > MEMBERS) {
    lines.push(
      rule('...'),
      `    | and ${members.length - MEMBERS} more member${members.length > MEMBERS + 1 ? 's' : ''}`,
    );
  }
  return lines.length === 0 ? [] : [...lines, `    +${'-'.repeat(36)}`];
}

/** True for values that `errorReport` shows as an error rather than as a thrown value. */
export function isError(value: unknown): boolean {
  return types.isNativeError(value) || errorIn(value) !== undefined;
}
