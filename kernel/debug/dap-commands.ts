// The requests of the Debug Adapter Protocol and Jupyter's own, each as one function: it reads the arguments, asks the
// session, and gives the body of the answer.

import { basename } from 'node:path';
import { NO_TASK } from '../../runtime/debuggee.ts';
import type { JsonObject } from '../protocol.ts';
import type { NumberedFrame, Session } from './attached-session.ts';
import type { SourceBreakpoint } from './breakpoints.ts';
import { CELL_SUFFIX, cellPath, HASH_SEED, PREFIX } from './cell-path.ts';
import { type DebugProtocol, listOf, objectOf, Refusal, textOf, wholeOf, wholeOr } from './dap.ts';
import { PAUSE } from './debugged-program.ts';
import { isName } from './evaluation.ts';
import { FILTERS } from './exceptions.ts';
import type { Variable } from './shown-values.ts';

type Body = object | undefined;
type Command = (session: Session, args: JsonObject) => Promise<Body> | Body;

/** Runs a command and gives the body of its answer. Rejects with why it is refused. */
export async function commands(session: Session, name: string, given: unknown): Promise<Body> {
  const command = COMMANDS.get(name);
  if (!command) throw new Refusal(`${JSON.stringify(name)} is not a request of this debugger.`);
  const args = typeof given === 'object' && given !== null ? (given as JsonObject) : {};
  if (!ALWAYS.has(name) && !session.isAttached()) throw new Refusal('The debugger is off.');
  return command(session, args);
}

/** What is answered while the debugger is off. */
const ALWAYS = new Set([
  ...['debugInfo', 'initialize', 'attach', 'launch', 'disconnect', 'terminate', 'dumpCell', 'source'],
  ...['setBreakpoints', 'setExceptionBreakpoints', 'inspectVariables', 'richInspectVariables', 'modules'],
  ...['configurationDone', 'threads', 'variables', 'scopes', 'stackTrace'],
]);

const CAPABILITIES: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsSetVariable: true,
  supportsExceptionInfoRequest: true,
  supportsExceptionFilterOptions: false,
  supportsDelayedStackTraceLoading: true,
  supportsModulesRequest: true,
  exceptionBreakpointFilters: FILTERS.map((filter) => ({ ...filter, default: false })),
};

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>(
  Object.entries({
    debugInfo: (session) => ({
      isStarted: session.isAttached(),
      hashMethod: 'Murmur2',
      hashSeed: HASH_SEED,
      tmpFilePrefix: PREFIX,
      tmpFileSuffix: CELL_SUFFIX,
      breakpoints: session.breakpoints.all(),
      stoppedThreads: stoppedThreads(session),
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    }),
    async initialize(session, { clientID }) {
      if (typeof clientID === 'string') session.client = clientID;
      await session.attach({ justMyCode: true });
      setImmediate(() => session.event('initialized', {}));
      return CAPABILITIES;
    },
    attach: (session, { justMyCode }) => session.attach({ justMyCode: justMyCode !== false }),
    launch() {
      throw new Refusal('The program runs already: attach to it.');
    },
    configurationDone: () => undefined,
    disconnect: end,
    terminate: end,
    dumpCell(session, args) {
      const code = textOf(args, 'code');
      const sourcePath = cellPath(code);
      session.dumped.set(sourcePath, code);
      return { sourcePath };
    },
    async setBreakpoints(session, args) {
      const path = textOf(objectOf(args, 'source'), 'path');
      const wanted = args.breakpoints === undefined ? lines(args) : listOf(args, 'breakpoints').map(breakpointOf);
      return { breakpoints: await session.breakpoints.set(path, wanted) };
    },
    async setExceptionBreakpoints(session, args) {
      const filters = listOf(args, 'filters').filter((filter) => typeof filter === 'string');
      await session.exceptions.set(filters, session.isAttached());
      return { breakpoints: filters.map(() => ({ verified: true })) };
    },
    source: (session, args) => ({ content: sourceOf(session, args), mimeType: 'text/typescript' }),
    async threads(session) {
      if (!session.isAttached()) return { threads: [] };
      const tasks = await session.stacks.tasks();
      const threads = tasks.map(({ number, name, state }) => ({ id: number, name: `${name} (${state})` }));
      return { threads: [{ id: NO_TASK, name: 'Outside of tasks' }, ...threads] };
    },
    async stackTrace(session, args) {
      const task = wholeOr(args, 'threadId', NO_TASK);
      const from = wholeOr(args, 'startFrame', 0);
      const levels = wholeOr(args, 'levels', 0);
      if (!session.isAttached()) return { stackFrames: [], totalFrames: 0 };
      const frames = await session.framesOf(task);
      const part = frames.slice(from, levels > 0 ? from + levels : undefined);
      return { stackFrames: part.map(shownFrame), totalFrames: frames.length };
    },
    async scopes(session, args) {
      const frame = session.frame(wholeOf(args, 'frameId'));
      const own = frame ? await session.scopes.of(frame) : [];
      const notebook = session.shown.reference({ read: () => session.explorer.all(), set: setNotebook(session) });
      const tasks = session.shown.reference({ read: () => taskTree(session) });
      const scopes: DebugProtocol.Scope[] = [
        ...own.map((scope) => ({ ...scope, expensive: false })),
        { name: 'Notebook', variablesReference: notebook, expensive: false },
        { name: 'Tasks', variablesReference: tasks, expensive: false },
      ];
      const [first] = scopes;
      if (first && own.length > 0) first.presentationHint = 'locals';
      return { scopes };
    },
    async variables(session, args) {
      const reference = wholeOf(args, 'variablesReference');
      const range = { start: wholeOr(args, 'start', 0), count: wholeOr(args, 'count', 0) };
      const [shown, explored] = await Promise.all([
        session.shown.children(reference, range),
        session.explorer.values.children(reference, range),
      ]);
      return { variables: [...shown, ...explored] };
    },
    async setVariable(session, args) {
      const value = await session.evaluation.evaluate(textOf(args, 'value'), topFrame(session), PAUSE);
      return session.shown.set(wholeOf(args, 'variablesReference'), textOf(args, 'name'), value);
    },
    inspectVariables: async (session) => ({ variables: await session.explorer.all() }),
    async richInspectVariables(session, args) {
      const name = textOf(args, 'variableName');
      const frame = frameOr(session, args, undefined);
      return session.explorer.rich(await valueNamed(session, name, frame));
    },
    async copyToGlobals(session, args) {
      const frame = frameOr(session, args, topFrame(session), 'srcFrameId');
      const value = await valueNamed(session, textOf(args, 'srcVariableName'), frame);
      const name = textOf(args, 'dstVariableName');
      if (!isName(name)) throw new Refusal(`${JSON.stringify(name)} cannot be the name of a variable.`);
      await session.explorer.define(name, value);
      return { value: '' };
    },
    async evaluate(session, args) {
      const frame = frameOr(session, args, topFrame(session));
      const value = await session.evaluation.evaluate(textOf(args, 'expression'), frame, PAUSE);
      const [shown] = await session.shown.variables([['', value]]);
      return { result: shown?.value, type: shown?.type, variablesReference: shown?.variablesReference };
    },
    modules: (session) => {
      const files = session.scripts.all().filter(({ isCell, isPackage }) => !isCell && !isPackage);
      const modules = [...new Set(files.map(({ path }) => path))].map((path) => ({
        ...{ id: path, name: basename(path), path },
      }));
      return { modules, totalModules: modules.length };
    },
    exceptionInfo(session) {
      const { told } = session.stop() ?? {};
      if (!told) throw new Refusal('No error has stopped the program.');
      return { exceptionId: told.name, description: told.text, breakMode: 'always' };
    },
    async continue(session) {
      await session.resume();
      return { allThreadsContinued: true };
    },
    /** Not of the protocol: a button of our figures. */
    async stopHere(session, args) {
      await session.stopHere.expect(wholeOf(args, 'moment'));
      return undefined;
    },
    pause: (session) => session.pause(),
    next: (session) => session.step('stepOver'),
    stepIn: (session) => session.step('stepInto'),
    stepOut: (session) => session.step('stepOut'),
  } satisfies Record<string, Command>),
);

function end(session: Session): undefined {
  if (session.isAttached()) {
    session.detach();
    setImmediate(() => session.event('terminated', {}));
  }
  return undefined;
}

function stoppedThreads(session: Session): readonly number[] {
  const stop = session.stop();
  return stop ? [stop.task] : [];
}

/** The older form of setBreakpoints. */
function lines(args: JsonObject): SourceBreakpoint[] {
  return listOf(args, 'lines').map((line) => breakpointOf({ line }));
}

function breakpointOf(given: unknown): SourceBreakpoint {
  const wanted = (typeof given === 'object' && given !== null ? given : {}) as JsonObject;
  const texts = ['condition', 'hitCondition', 'logMessage'].flatMap((name) =>
    typeof wanted[name] === 'string' ? [[name, wanted[name]]] : [],
  );
  return { line: wholeOf(wanted, 'line'), ...Object.fromEntries(texts) };
}

/** @throws Refusal where the text is not known */
function sourceOf(session: Session, args: JsonObject): string {
  const path = textOf(args.source === undefined ? args : objectOf(args, 'source'), 'path');
  const script = session.scripts.ofPath(path).at(-1) ?? session.scripts.addPackageFile(path);
  const source = script?.source ?? session.dumped.get(path);
  if (source === undefined) throw new Refusal(`The source of ${path} is not there.`);
  return source;
}

function shownFrame({ id, name, path, line, column, script, call }: NumberedFrame): DebugProtocol.StackFrame {
  const shownName = script?.isCell ? script.name : basename(path);
  const isPackage = script === undefined || script.isPackage;
  return {
    ...{ id, name: call || name === script?.name ? name : `await ${name}`, line, column },
    source: { name: shownName, path, ...(isPackage && { presentationHint: 'deemphasize' as const }) },
    ...(isPackage && { presentationHint: 'subtle' as const }),
  };
}

/** Every task with its state; in it its coroutines with their lines and locals, and what awaits it. */
async function taskTree(session: Session): Promise<Variable[]> {
  const tasks = await session.stacks.tasks();
  return tasks.map(({ number, name, state, awaitedBy }) => {
    const awaiters = tasks.filter((task) => awaitedBy.includes(task.number)).map((task) => task.name);
    const read = async () => [...(await coroutinesOf(session, number)), ...awaiters.map(awaiter)];
    return { name, value: state, type: state, variablesReference: session.shown.reference({ read }) };
  });
}

function awaiter(name: string): Variable {
  return { name: 'awaited by', value: name, type: name, variablesReference: 0 };
}

async function coroutinesOf(session: Session, task: number): Promise<Variable[]> {
  const frames = await session.stacks.ownStackOf(task, session.stop()?.paused);
  return frames.map((frame) => {
    const value = `${frame.script?.isCell ? frame.script.name : basename(frame.path)}, line ${frame.line}`;
    return { name: frame.name, value, type: value, variablesReference: session.scopes.local(frame) };
  });
}

/** The frame that the arguments name. @throws Refusal where there is no such frame */
function frameOr(
  session: Session,
  args: JsonObject,
  fallback: NumberedFrame | undefined,
  name = 'frameId',
): NumberedFrame | undefined {
  const id = wholeOr(args, name, undefined);
  if (id === undefined) return fallback;
  const frame = session.frame(id);
  if (!frame) throw new Refusal('That frame is gone.');
  return frame;
}

/** Where the program stands, if it does. */
function topFrame(session: Session): NumberedFrame | undefined {
  return session.topFrame();
}

async function valueNamed(session: Session, name: string, frame: NumberedFrame | undefined) {
  if (frame) {
    const value = (await session.scopes.valuesOf(frame)).get(name);
    if (value) return value;
  }
  return session.evaluation.evaluate(name, frame, PAUSE);
}

function setNotebook(session: Session) {
  return (name: string, value: Parameters<Session['explorer']['define']>[1]) => session.explorer.define(name, value);
}
