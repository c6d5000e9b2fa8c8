// Breakpoints: what a client asked for, by path and line, and where V8 was told to stop for it. A text may have run several
// times, as several scripts, or not yet.

import type { Debugger } from 'node:inspector';
import type { DebugScript } from '../../runtime/events.ts';
import type { DebugProtocol } from './dap.ts';
import { DEBUGGEE_TEXT, type Program } from './debugged-program.ts';
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
  /** Whether a debugger is attached. */
  readonly isAttached: () => boolean;
}

interface Wanted {
  readonly asked: SourceBreakpoint;
  readonly told: Breakpoint;
}

/** Makes an empty list. */
export function createBreakpoints({ program, scripts, preview, compile, isAttached }: BreakpointParts): Breakpoints {
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
  const tell = async (script: KnownScript, { asked, told }: Wanted): Promise<string | undefined> => {
    const stop = await script.places.stopAt(told.line ?? asked.line);
    if (!stop) return undefined;
    const condition = await conditionOf(asked, `${script.path}:${told.id}`, (text) => compile(text, script, stop.at));
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
    const places = createPlaces(text.maps, createRunningCode(text.code));
    return async (line) => (await places.stopAt(line))?.line;
  };
  const tellAbout = (path: string, asked: SourceBreakpoint, line: number | undefined): Wanted => {
    last += 1;
    const told: Breakpoint =
      line === undefined
        ? { id: last, verified: false, line: asked.line, message: 'There is no code on this line or below it.' }
        : { id: last, verified: true, line };
    return { asked, told: { ...told, source: { path } } };
  };
  return {
    async set(path, asked) {
      const find = await lineOf(path);
      const list: Wanted[] = [];
      for (const one of asked) list.push(tellAbout(path, one, await find(one.line)));
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

/** The condition by which V8 stops, counts, or prints a log line and goes on. */
async function conditionOf(
  { condition, hitCondition, logMessage }: SourceBreakpoint,
  key: string,
  compile: (text: string) => Promise<string>,
): Promise<string | undefined> {
  const parts: string[] = [];
  if (condition) parts.push(`(${await compile(condition)})`);
  const hits = hitTest(hitCondition);
  if (hits) parts.push(`${hits.replaceAll('HITS', `${DEBUGGEE_TEXT}.hits(${JSON.stringify(key)})`)}`);
  if (logMessage) parts.push(`(console.log(${await compile(logText(logMessage))}), false)`);
  return parts.length === 0 ? undefined : parts.join(' && ');
}

/** `5`, `>= 5`, `% 5`. */
function hitTest(text: string | undefined): string | undefined {
  const [, operator = '', number] = /^\s*(>=|<=|>|<|={1,3}|%)?\s*(\d+)\s*$/.exec(text ?? '') ?? [];
  if (number === undefined) return undefined;
  if (operator === '%') return `(HITS % ${number} === 0)`;
  return `(HITS ${operator === '' || operator.startsWith('=') ? '===' : operator} ${number})`;
}

/** `n is {n}` as a template. */
function logText(message: string): string {
  const parts = message.split(/(\{[^{}]*\})/);
  const text = parts.map((part) =>
    part.startsWith('{') ? `\${${part.slice(1, -1)}}` : part.replace(/[\\`]|\$(?=\{)/g, '\\$&'),
  );
  return `\`${text.join('')}\``;
}
