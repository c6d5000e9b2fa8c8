// The stack of a task that stands or is suspended: the calls that run now, the coroutines below them, and those of the
// tasks that await it. Also the list of threads, which are tasks.

import type { Debugger } from 'node:inspector';
import { withoutSuffix } from '../../runtime/compile/suffix.ts';
import { type ListedTask, NO_TASK } from '../../runtime/debuggee.ts';
import { type CallFrame, PAUSE, type Paused, type Program, type RemoteObject } from './debugged-program.ts';
import type { CodePlace } from './running-code.ts';
import type { KnownScript, Scripts } from './scripts.ts';

/** One frame. Line and column count from 1. */
export interface StackFrame {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** The script, where its text is known; a package's is not. */
  readonly script: KnownScript | undefined;
  /** Where it stands in the running code. */
  readonly at: CodePlace;
  /** A call that runs; absent for a suspended coroutine. */
  readonly call?: CallFrame;
  /** The scopes of a suspended coroutine, innermost first. */
  readonly scopes?: readonly RemoteObject[];
}

/** Reads stacks. */
export interface CallStacks {
  tasks(): Promise<readonly ListedTask[]>;
  /** The frames of a task, innermost first, then those of the tasks that await it. */
  stackOf(task: number, paused: Paused | undefined): Promise<StackFrame[]>;
  /** The frames of a task alone. */
  ownStackOf(task: number, paused: Paused | undefined): Promise<StackFrame[]>;
  /** The calls that run now, innermost first, without the library's and Node's. */
  calls(paused: Paused): StackFrame[];
  /** The frame of a call, if its code is the person's or a package's. */
  frameOf(call: CallFrame): StackFrame | undefined;
}

/** Makes the reader of a program's stacks. */
export function createCallStacks(program: Program, scripts: Scripts): CallStacks {
  const frameAt = (location: Debugger.Location, name: string): Omit<StackFrame, 'call'> | undefined => {
    const at = { line: location.lineNumber, column: location.columnNumber ?? 0 };
    const script = scripts.byId(location.scriptId);
    if (script) {
      const place = script.places.original(at);
      return place && { name: name === '' ? script.name : name, path: script.path, ...place, script, at };
    }
    const path = scripts.packagePath(location.scriptId);
    if (path === undefined) return undefined;
    return { name: name || '(anonymous)', path, line: at.line + 1, column: at.column + 1, script: undefined, at };
  };
  const frameOf = (call: CallFrame): StackFrame | undefined => {
    const frame = frameAt(call.location, withoutSuffix(call.functionName));
    return frame && { ...frame, call };
  };
  const calls = ({ callFrames }: Paused) => callFrames.flatMap((call) => frameOf(call) ?? []);
  /** The suspended coroutines of a task, innermost first. */
  const suspended = async (task: ListedTask): Promise<StackFrame[]> => {
    const bodies = await program.object(`tasks.bodies(${task.number})`, PAUSE);
    if (bodies.objectId === undefined) return [];
    const { result } = await program.properties(bodies.objectId);
    const frames = await Promise.all(
      result
        .filter(({ name }) => /^\d+$/.test(name))
        .map(async ({ name, value }) => {
          const listed = task.frames[Number(name)];
          if (listed === undefined || value?.objectId === undefined) return undefined;
          return suspendedFrame(value.objectId, listed);
        }),
    );
    return frames.filter((frame) => frame !== undefined);
  };
  const suspendedFrame = async (objectId: string, { name, line }: ListedTask['frames'][number]) => {
    const { internalProperties = [] } = await program.properties(objectId);
    const found = (key: string) => internalProperties.find((property) => property.name === key)?.value;
    if (found('[[GeneratorState]]')?.value !== 'suspended') return undefined;
    const location = found('[[GeneratorLocation]]')?.value as Debugger.Location | undefined;
    const frame = location && frameAt(location, name);
    if (!frame) return undefined;
    const list = found('[[Scopes]]')?.objectId;
    const scopes = list === undefined ? [] : (await program.properties(list)).result;
    const known = line > 0 && line !== frame.line ? { line, column: 1 } : {};
    return {
      ...frame,
      ...known,
      scopes: scopes.flatMap(({ name: key, value }) => (/^\d+$/.test(key) && value ? [value] : [])),
    };
  };
  const ownStack = async (task: ListedTask | undefined, paused: Paused | undefined): Promise<StackFrame[]> => {
    const running = paused && (task === undefined || task.current) ? calls(paused) : [];
    return task === undefined ? running : [...running, ...(await suspended(task))];
  };
  const tasks = () => program.ask<readonly ListedTask[]>('tasks.all()');
  return {
    tasks,
    frameOf,
    calls,
    async ownStackOf(number, paused) {
      return ownStack(
        (await tasks()).find((task) => task.number === number),
        paused,
      );
    },
    async stackOf(number, paused) {
      const all = await tasks();
      const first = all.find((task) => task.number === number);
      if (first === undefined && number !== NO_TASK) return [];
      const frames = await ownStack(first, paused);
      for (const task of awaitersOf(first, all)) {
        for (const frame of await ownStack(task, undefined)) {
          frames.push({ ...frame, name: frame.name === task.name ? frame.name : `${frame.name} (${task.name})` });
        }
      }
      return frames;
    },
  };
}

/** The tasks that await a task, directly or through others, nearest first. */
function awaitersOf(first: ListedTask | undefined, all: readonly ListedTask[]): readonly ListedTask[] {
  if (first === undefined) return [];
  const found = new Set([first]);
  for (const { awaitedBy } of found) {
    for (const number of awaitedBy) {
      const awaiter = all.find((task) => task.number === number);
      if (awaiter) found.add(awaiter);
    }
  }
  found.delete(first);
  return [...found];
}
