// A debug session: takes requests of the Debug Adapter Protocol, with Jupyter's own among them, and what V8's inspector
// says; answers, and publishes events. What a request means is in dap-commands.ts; this file knows whether the program
// stands, and what becomes of a pause.

import type { Debuggee } from '../../runtime/debuggee.ts';
import type { DebugScript } from '../../runtime/events.ts';
import type { Inspector } from '../process/inspector-calls.ts';
import type { DebugEventContent, DebugReply, JsonObject } from '../protocol.ts';
import { type Breakpoints, createBreakpoints } from './breakpoints.ts';
import { type CallStacks, createCallStacks, type StackFrame } from './call-stack.ts';
import { commands } from './dap-commands.ts';
import { createProgram, PAUSE, type Paused, type Program } from './debugged-program.ts';
import { createEvaluation, type Evaluation, type ScopeText } from './evaluation.ts';
import { createExceptions, type Exceptions, type Told } from './exceptions.ts';
import { createExplorer, type Explorer } from './explorer.ts';
import { createScopes, type Scopes } from './frame-scopes.ts';
import { createScripts, type Scripts } from './scripts.ts';
import { createShownValues, type ShownValues } from './shown-values.ts';
import { createStepping, type StepKind } from './stepping.ts';

/** What a session needs of the kernel. */
export interface DebugSessionParts {
  readonly inspector: Inspector;
  readonly publish: (event: DebugEventContent) => void;
  readonly log: (line: string) => void;
  /** Compiles a cell's text that has not run, for its lines; undefined where it does not compile. */
  readonly preview: (source: string) => Promise<DebugScript | undefined>;
  readonly scopeText: ScopeText;
}

/** The debugger of one kernel. */
export interface DebugSession {
  /** Answers one request; never rejects. */
  request(message: JsonObject): Promise<DebugReply>;
  /** A script is about to run; resolves when its breakpoints are set. */
  script(script: DebugScript): Promise<void>;
  /** A fresh process has taken the place of the program's. */
  restarted(): void;
}

/** The session as its commands see it. */
export interface Session {
  readonly program: Program;
  readonly scripts: Scripts;
  readonly breakpoints: Breakpoints;
  readonly stacks: CallStacks;
  readonly scopes: Scopes;
  readonly shown: ShownValues;
  readonly evaluation: Evaluation;
  readonly exceptions: Exceptions;
  readonly explorer: Explorer;
  /** Texts of cells that a client has told, by path. */
  readonly dumped: Map<string, string>;
  /** The pause that a client was told of. */
  stop(): Stop | undefined;
  isAttached(): boolean;
  /** Opens the session with the program; scripts that run already are known afterwards. */
  attach(options: AttachOptions): Promise<void>;
  /** Ends it: the program goes on. */
  detach(): void;
  /** Lets the program go on. */
  resume(): Promise<void>;
  step(kind: StepKind): Promise<void>;
  /** Stops the program where it is, also where it only waits. */
  pause(): Promise<void>;
  /** The frames of a task, with the numbers by which a client asks about them. */
  framesOf(task: number): Promise<readonly NumberedFrame[]>;
  frame(number: number): NumberedFrame | undefined;
  /** Where the program stands, if it does. */
  topFrame(): NumberedFrame | undefined;
  event(event: string, body: object): void;
  /** JupyterLab shows types in its own way. */
  client: string;
}

/** How the program is debugged. */
export interface AttachOptions {
  /** Steps pass over packages. */
  readonly justMyCode: boolean;
}

/** A frame with its number. */
export type NumberedFrame = StackFrame & { readonly id: number };

/** A pause that a client knows of. */
export interface Stop {
  readonly paused: Paused;
  readonly task: number;
  readonly told: Told | undefined;
}

/** A step that is still under way after this long looks like a run: front ends take back what they show of the stop. */
const LONG_STEP_MS = 300;
/** A program that has not stopped by now does nothing, and is given something at which it can stop. */
const IDLE_MS = 30;
/** References of the explorer are counted apart from those of a stop, which end with it. */
const EXPLORER_FROM = 1_000_000_000;
const PACKAGES = '/node_modules/';

/** Makes the session; nothing is opened until a client asks. */
export function createDebugSession(parts: DebugSessionParts): DebugSession {
  const { inspector, publish, log } = parts;
  const program = createProgram(inspector);
  const scripts = createScripts();
  const stacks = createCallStacks(program, scripts);
  const forLab = () => session.client === '' || session.client === 'jupyterlab';
  const shown = createShownValues(program, forLab, 0);
  const scopes = createScopes(program, shown);
  const evaluation = createEvaluation(program, scopes, parts.scopeText);
  const stepping = createStepping(program, stacks);
  const exceptions = createExceptions(program, stacks);
  const dumped = new Map<string, string>();
  const breakpoints = createBreakpoints({
    program,
    scripts,
    preview: async (path) => {
      const source = dumped.get(path);
      return source === undefined ? undefined : parts.preview(source);
    },
    compile: async (text, script, at) =>
      script.isCell ? evaluation.compile(text, (await script.code.around(at)).names) : evaluation.javaScript(text),
    isAttached: () => attached,
  });
  let attached = false;
  let options: AttachOptions = { justMyCode: true };
  let seq = 0;
  let home = '';
  let standing: Paused | undefined;
  let stop: Stop | undefined;
  let pausing = false;
  let frames = new Map<number, NumberedFrame>();
  let lastFrame = 0;
  let stepTimer: NodeJS.Timeout | undefined;
  /** Resolves when the scripts of the present process are known. */
  let armed: Promise<unknown> = Promise.resolve();

  const event = (name: string, body: object) => {
    seq += 1;
    publish({ seq, type: 'event', event: name, body });
  };
  const forgetStop = () => {
    stop = undefined;
    frames = new Map();
    shown.clear();
    program.release(PAUSE);
  };
  const continued = (task: number) => event('continued', { threadId: task, allThreadsContinued: true });
  const resumeBy = async (command: 'resume' | StepKind) => {
    standing = undefined;
    await inspector
      .call(`Debugger.${command}`)
      .catch((error: Error) => log(`the program did not go on: ${error.message}`));
  };
  /** Steps pass over the kernel's own code, Node's, and packages where only one's own counts. */
  const setPassedOver = async () => {
    const own = ['^node:', `^${home.replace(/[^\w/]/g, '\\$&')}(?:chunks|kernel|runtime)/`];
    const patterns = options.justMyCode ? [...own, PACKAGES] : own;
    await inspector.call('Debugger.setBlackboxPatterns', { patterns, skipAnonymous: true });
  };
  const arm = async () => {
    const { home: url, scripts: known } = await program.ask<ReturnType<Debuggee['attach']>>('attach()');
    home = url;
    for (const script of known) scripts.add(script);
    await inspector.call('Debugger.enable', { maxScriptsCacheSize: 0 });
    await setPassedOver();
    for (const script of scripts.all()) await breakpoints.place(script);
    await exceptions.restore();
  };
  const session: Session = {
    ...{ program, scripts, breakpoints, stacks, scopes, shown, evaluation, exceptions, dumped, event },
    explorer: createExplorer(program, createShownValues(program, forLab, EXPLORER_FROM), () => attached),
    client: '',
    stop: () => stop,
    isAttached: () => attached,
    async attach(wanted) {
      options = wanted;
      if (attached) {
        await armed;
        return setPassedOver();
      }
      attached = true;
      inspector.attached = true;
      armed = arm();
      await armed.catch((error: unknown) => {
        session.detach();
        throw error;
      });
    },
    detach() {
      const was = stop;
      attached = false;
      inspector.attached = false;
      standing = undefined;
      clearTimeout(stepTimer);
      stepping.forget();
      exceptions.clear();
      breakpoints.clear();
      forgetStop();
      scripts.clear();
      inspector.end();
      if (was) continued(was.task);
    },
    async resume() {
      if (!stop) return;
      const { task } = stop;
      await stepping.end();
      // Before the program can say anything.
      forgetStop();
      continued(task);
      await resumeBy('resume');
    },
    async step(kind) {
      if (!stop) return;
      const { task, paused } = stop;
      const command = await stepping.begin(kind, task, paused);
      forgetStop();
      clearTimeout(stepTimer);
      stepTimer = setTimeout(() => stop === undefined && attached && continued(task), LONG_STEP_MS);
      await resumeBy(command);
    },
    async pause() {
      if (stop) return;
      pausing = true;
      await inspector.call('Debugger.pause');
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      if (!standing) inspector.call('Runtime.evaluate', { expression: '0' }).catch(() => {});
    },
    async framesOf(task) {
      const found = await stacks.stackOf(task, stop?.paused);
      return found.map((frame) => {
        lastFrame += 1;
        const numbered = { ...frame, id: lastFrame };
        frames.set(lastFrame, numbered);
        return numbered;
      });
    },
    frame: (number) => frames.get(number),
    topFrame() {
      const top = stop && stacks.calls(stop.paused)[0];
      return top && { ...top, id: 0 };
    },
  };

  /** V8 has paused: whether somebody is told, or the program goes on. */
  const onPaused = async (paused: Paused) => {
    const still = () => standing === paused;
    const task = await program.ask<number>('tasks.current()');
    const verdict = await judge(task, paused);
    if (!still()) return;
    if (verdict.next !== 'stop') return resumeBy(verdict.next);
    await stepping.end();
    if (!still()) return;
    clearTimeout(stepTimer);
    pausing = false;
    stop = { paused, task: verdict.task ?? task, told: verdict.told };
    const { told } = verdict;
    const words = told && { text: told.text, description: told.text };
    event('stopped', { reason: verdict.reason, threadId: stop.task, allThreadsStopped: true, ...words });
  };
  const judge = async (task: number, paused: Paused): Promise<Verdict> => {
    const ring = await exceptions.ring(paused);
    if (ring) return { next: 'stop', reason: 'exception', told: ring, task: ring.task };
    if (paused.reason === 'exception' || paused.reason === 'promiseRejection') {
      const told = await exceptions.wanted(task, paused);
      return told ? { next: 'stop', reason: 'exception', told } : { next: 'resume' };
    }
    if (pausing) return { next: 'stop', reason: 'pause', task: await pausedTask(task, paused) };
    if (paused.hitBreakpoints?.some((id) => breakpoints.isOurs(id))) return { next: 'stop', reason: 'breakpoint' };
    if (stepping.isActive()) return { next: await stepping.decide(task, paused), reason: 'step' };
    // A `debugger` statement; what V8 pauses at in code of nobody's goes on.
    return stacks.calls(paused).length > 0 ? { next: 'stop', reason: 'breakpoint' } : { next: 'resume' };
  };
  /** A program that only waits is shown by the task that has run last. */
  const pausedTask = async (task: number, paused: Paused): Promise<number> => {
    if (stacks.calls(paused).length > 0) return task;
    const tasks = await stacks.tasks();
    return (tasks.find((one) => one.frames.some(({ internal }) => !internal)) ?? { number: task }).number;
  };
  const onResumed = () => {
    standing = undefined;
    const was = stop;
    if (!was) return;
    forgetStop();
    continued(was.task);
  };
  inspector.listen((method, params) => {
    if (!attached) return;
    if (method === 'Debugger.scriptParsed') scripts.parsed(params as Parameters<Scripts['parsed']>[0]);
    else if (method === 'Debugger.resumed') onResumed();
    else if (method === 'Debugger.paused') {
      standing = params as Paused;
      onPaused(standing).catch((error: Error) => {
        log(`a pause could not be shown: ${error.message}`);
        if (standing === params) void resumeBy('resume');
      });
    }
  });
  return {
    async request(message) {
      const { seq: request_seq, command, arguments: given } = message;
      const named = typeof command === 'string' ? command : '';
      const head = { type: 'response', request_seq: Number(request_seq) || 0, command: named } as const;
      const answer = await commands(session, named, given).then(
        (body) => ({ success: true, body: body ?? {} }),
        (error: unknown) => ({
          success: false,
          message: error instanceof Error ? error.message : String(error),
          body: {},
        }),
      );
      seq += 1;
      return { seq, ...head, ...answer };
    },
    async script(script) {
      if (!attached) return;
      await armed.catch(() => {});
      await breakpoints.place(scripts.add(script));
    },
    restarted() {
      standing = undefined;
      const was = stop;
      stepping.forget();
      scripts.clear();
      breakpoints.forgetPlaces();
      forgetStop();
      session.explorer.clear();
      if (was) continued(was.task);
      if (!attached) return;
      armed = arm();
      armed.catch((error: Error) => log(`the debugger could not be attached again: ${error.message}`));
    },
  };
}

/** What becomes of a pause. */
interface Verdict {
  readonly next: 'stop' | 'resume' | StepKind;
  readonly reason?: string;
  readonly told?: Told | undefined;
  readonly task?: number | undefined;
}
