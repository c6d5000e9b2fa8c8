// Breakpoints: what a client asked for, by path and line, and where V8 was told to stop for it. A text may have run several
// times, as several scripts, or not yet.

import type { Debugger } from 'node:inspector';
import type { DebugScript } from '../../runtime/events.ts';
import type { DebugProtocol } from './dap.ts';
import { DEBUGGEE_TEXT, type Program } from './debugged-program.ts';
import { isExpression } from './evaluation.ts';
import { createPlaces } from './places.ts';
import { type CodePlace, createRunningCode } from './running-code.ts';
import type { KnownScript, Scripts } from './scripts.ts';

export type SourceBreakpoint = DebugProtocol.SourceBreakpoint;
export type Breakpoint = DebugProtocol.Breakpoint;

/** Why a breakpoint stopped the program. */
export interface Hit {
  readonly path: string;
  readonly line: number;
}

/** The breakpoints. */
export interface Breakpoints {
  /** Sets those of a path, in place of those it had. */
  set(path: string, wanted: readonly SourceBreakpoint[]): Promise<readonly Breakpoint[]>;
  /** A script that is about to run: V8 will stop in it from the start. */
  place(script: KnownScript): Promise<void>;
  /** As debugInfo lists them. */
  all(): readonly { readonly source: string; readonly breakpoints: readonly Breakpoint[] }[];
  /** Whether V8's number is one of ours. */
  isOurs(id: string): boolean;
  /** V8 knows none of them any more. */
  forgetPlaces(): void;
  clear(): void;
}

/** What the breakpoints need. */
export interface BreakpointParts {
  readonly program: Program;
  readonly scripts: Scripts;
  /** A cell's text that has not run, as it would run. */
  readonly preview: (path: string) => Promise<DebugScript | undefined>;
  /** A condition, written in the person's TypeScript, as V8 evaluates it in that script at that place. */
  readonly compile: (text: string, script: KnownScript, at: CodePlace) => Promise<string>;
  /** @throws Refusal with what is wrong with a text, before there is a script to compile it for */
  readonly check: (text: string) => Promise<unknown>;
  /** Whether a debugger is attached. */
  readonly isAttached: () => boolean;
}

interface Wanted {
  readonly asked: SourceBreakpoint;
  readonly told: Breakpoint;
  /** One of its texts is wrong. */
  readonly isWrong: boolean;
}

/** Makes an empty list. */
export function createBreakpoints(parts: BreakpointParts): Breakpoints {
  const { program, scripts, preview, compile, check, isAttached } = parts;
  const wanted = new Map<string, readonly Wanted[]>();
  const placed = new Map<KnownScript, string[]>();
  let last = 0;
  const lift = async (script: KnownScript) => {
    const ids = placed.get(script) ?? [];
    placed.delete(script);
    await Promise.all(
      ids.map((breakpointId) => program.inspector.call('Debugger.removeBreakpoint', { breakpointId }).catch(() => {})),
    );
  };
  /** Tells V8 of one; undefined where the line has no code, or V8 has one there already. */
  const tell = async (script: KnownScript, { asked, told, isWrong }: Wanted): Promise<string | undefined> => {
    if (isWrong) return undefined;
    const stop = await script.places.stopAt(told.line ?? asked.line);
    if (!stop) return undefined;
    const place = { name: `${script.name}:${stop.line}`, key: `${script.path}:${told.id}` };
    const condition = await conditionOf(asked, place, (text) => compile(text, script, stop.at));
    const { line: lineNumber, column: columnNumber } = stop.at;
    const made = await program.inspector
      .call<{ readonly breakpointId: string }>(
        script.id === undefined ? 'Debugger.setBreakpointByUrl' : 'Debugger.setBreakpoint',
        script.id === undefined
          ? { url: script.url, lineNumber, columnNumber, condition }
          : { location: { scriptId: script.id, lineNumber, columnNumber } satisfies Debugger.Location, condition },
      )
      .catch(() => undefined);
    return made?.breakpointId;
  };
  const placeOne = async (script: KnownScript) => {
    await lift(script);
    const ids: string[] = [];
    placed.set(script, ids);
    for (const one of wanted.get(script.path) ?? []) {
      const id = await tell(script, one).catch(() => undefined);
      if (id !== undefined) ids.push(id);
    }
  };
  /** Where a line's breakpoint comes to lie, by the newest text of that path. */
  const lineOf = async (path: string): Promise<(line: number) => Promise<number | undefined>> => {
    const newest = scripts.ofPath(path).at(-1) ?? scripts.addPackageFile(path);
    if (newest) return async (line) => (await newest.places.stopAt(line))?.line;
    const text = await preview(path).catch(() => undefined);
    if (text === undefined) return async (line) => line;
    const places = createPlaces(text, createRunningCode(text.code));
    return async (line) => (await places.stopAt(line))?.line;
  };
  const tellAbout = async (path: string, asked: SourceBreakpoint, line: number | undefined): Promise<Wanted> => {
    const wrong = await wrongIn(asked, check);
    const message = wrong ?? (line === undefined ? 'There is no code on this line or below it.' : undefined);
    last += 1;
    const told = { id: last, verified: message === undefined, line: line ?? asked.line, source: { path } };
    return { asked, told: message === undefined ? told : { ...told, message }, isWrong: wrong !== undefined };
  };
  return {
    async set(path, asked) {
      const find = await lineOf(path);
      const list: Wanted[] = [];
      for (const one of asked) list.push(await tellAbout(path, one, await find(one.line)));
      if (list.length === 0) wanted.delete(path);
      else wanted.set(path, list);
      if (isAttached()) for (const script of scripts.ofPath(path)) await placeOne(script);
      return list.map(({ told }) => told);
    },
    async place(script) {
      // A name may come again: what ran under it keeps its breakpoints, as the script that it is.
      // A copy, for what is placed anew comes to the end of the list.
      for (const other of [...placed.keys()]) {
        if (other !== script && other.url === script.url && other.id !== undefined) await placeOne(other);
      }
      await placeOne(script);
    },
    all: () =>
      [...wanted].map(([source, list]) => ({
        source,
        breakpoints: list.map(({ asked, told }) => ({ ...asked, ...told })),
      })),
    isOurs: (id) => [...placed.values()].some((ids) => ids.includes(id)),
    forgetPlaces: () => placed.clear(),
    clear() {
      wanted.clear();
      placed.clear();
    },
  };
}

/** Where a breakpoint is, for a person and for its count. */
interface Place {
  readonly name: string;
  readonly key: string;
}

/**
 * The condition by which V8 stops, counts, or prints a log line and goes on. V8 says nothing of a condition that throws,
 * so this tells it once.
 */
async function conditionOf(
  asked: SourceBreakpoint,
  { name, key }: Place,
  compile: (text: string) => Promise<string>,
): Promise<string | undefined> {
  const hitsOf = (counted: string) => `${DEBUGGEE_TEXT}.hits(${JSON.stringify(counted)})`;
  const { condition, log } = textsOf(asked);
  const parts: string[] = [];
  if (condition !== undefined) parts.push(`(${await compile(condition)})`);
  const hits = hitTest(asked.hitCondition);
  if (hits) parts.push(hits.replaceAll('HITS', hitsOf(key)));
  if (log !== undefined) parts.push(`(console.log(${await compile(log)}), false)`);
  if (parts.length === 0) return undefined;
  const threw = JSON.stringify(
    `The ${log === undefined ? 'condition' : 'log line'} of the breakpoint at ${name} threw `,
  );
  const tellOnce = `if (${hitsOf(`${key} threw`)} === 1) console.error(${threw} + error)`;
  return `try { ${parts.join(' && ')} } catch (error) { ${tellOnce} }`;
}

/** What was written, as expressions. The line break ends a comment. */
function textsOf({ condition = '', logMessage = '' }: SourceBreakpoint) {
  return {
    condition: condition.trim() === '' ? undefined : `(${condition}\n)`,
    log: logMessage === '' ? undefined : logText(logMessage),
  };
}

/** What is wrong with the texts of a breakpoint; undefined if nothing is. */
async function wrongIn(
  asked: SourceBreakpoint,
  check: (text: string) => Promise<unknown>,
): Promise<string | undefined> {
  const { condition, log } = textsOf(asked);
  const { hitCondition = '' } = asked;
  if (hitCondition.trim() !== '' && hitTest(hitCondition) === undefined) {
    return `A count such as 5, >= 5 or % 5 was expected, got ${JSON.stringify(hitCondition)}.`;
  }
  for (const text of [condition, log]) {
    if (text === undefined) continue;
    const wrong = await check(text).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** `5`, `>= 5`, `% 5`. */
function hitTest(text: string | undefined): string | undefined {
  const [, operator = '', number] = /^\s*(>=|<=|>|<|={1,3}|%)?\s*(\d+)\s*$/.exec(text ?? '') ?? [];
  if (number === undefined) return undefined;
  if (operator === '%') return `(HITS % ${number} === 0)`;
  return `(HITS ${operator === '' || operator.startsWith('=') ? '===' : operator} ${number})`;
}

/** `n is {n}` as a template. Braces around what is no expression stand for themselves. */
function logText(message: string): string {
  let text = '';
  for (let at = 0; at < message.length; ) {
    const expression = expressionAt(message, at);
    if (expression === undefined) text += message[at]?.replace(/[\\`$]/, '\\$&');
    else text += `\${${expression}\n}`;
    at += expression === undefined ? 1 : expression.length + 2;
  }
  return `\`${text}\``;
}

/** The expression in braces that begins there: up to the first brace at which it is one, for it may have braces itself. */
function expressionAt(message: string, at: number): string | undefined {
  if (message[at] !== '{') return undefined;
  for (let end = message.indexOf('}', at); end >= 0; end = message.indexOf('}', end + 1)) {
    const text = message.slice(at + 1, end);
    if (text.trim() !== '' && isExpression(text)) return text;
  }
  return undefined;
}
