// A debug session: puts its parts together, takes requests of the Debug Adapter Protocol, with Jupyter's own among them,
// and what V8's inspector says; answers, and publishes events. What a request means is in dap-commands.ts; whether the
// program stands, in standing-program.ts; what the debugger holds it by, in attachment.ts.

import { INTERRUPTED } from '../../runtime/debuggee.ts';
import type { DebugScript } from '../../runtime/events.ts';
import type { Inspector } from '../process/inspector-calls.ts';
import type { DebugEventContent, DebugReply, JsonObject } from '../protocol.ts';
import type { Session } from './attached-session.ts';
import { createAttachment } from './attachment.ts';
import { createBreakpoints } from './breakpoints.ts';
import { createCallStacks } from './call-stack.ts';
import { commands } from './dap-commands.ts';
import { createProgram, type Paused } from './debugged-program.ts';
import { createEvaluation, type ScopeText } from './evaluation.ts';
import { createExceptions } from './exceptions.ts';
import { createExplorer } from './explorer.ts';
import { createScopes } from './frame-scopes.ts';
import { createJudge } from './pause-verdict.ts';
import { createScripts, type Scripts } from './scripts.ts';
import { createShownValues } from './shown-values.ts';
import { createStandingProgram, type StandingProgram } from './standing-program.ts';
import { createStepping, type Stepping } from './stepping.ts';
import { createStopHere } from './stop-here.ts';

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

/** References of the explorer are counted apart from those of a stop, which end with it. */
const EXPLORER_FROM = 1_000_000_000;

/** Makes the session; nothing is opened until a client asks. */
export function createDebugSession(parts: DebugSessionParts): DebugSession {
  let seq = 0;
  const event = (name: string, body: object) => {
    seq += 1;
    parts.publish({ seq, type: 'event', event: name, body });
  };
  const { session, program, stepping, attachment } = assemble(parts, event);
  parts.inspector.listen((method, params) => {
    if (!attachment.isAttached()) return;
    if (method === 'Debugger.scriptParsed') session.scripts.parsed(params as Parameters<Scripts['parsed']>[0]);
    else if (method === 'Debugger.resumed') program.resumed();
    else if (method === 'Debugger.paused') program.paused(params as Paused);
    else if (method === INTERRUPTED) void program.giveUp();
  });
  return {
    async request(message) {
      const answer = await answerTo(session, message);
      seq += 1;
      return { ...answer, seq };
    },
    async script(script) {
      if (!attachment.isAttached()) return;
      // Whatever began a step may have ended meanwhile.
      if (stepping.isActive() && (await stepping.isOver().catch(() => false))) await program.giveUp();
      await attachment.script(script);
    },
    restarted() {
      program.forget();
      session.explorer.clear();
      attachment.renew();
    },
  };
}

interface Assembled {
  readonly session: Session;
  readonly program: StandingProgram;
  readonly stepping: Stepping;
  readonly attachment: ReturnType<typeof createAttachment>;
}

/** The parts of a session, each with those that it needs. */
function assemble(
  { inspector, log, preview, scopeText }: DebugSessionParts,
  event: (name: string, body: object) => void,
): Assembled {
  const program = createProgram(inspector);
  const scripts = createScripts();
  const stacks = createCallStacks(program, scripts);
  const forLab = () => session.client === '' || session.client === 'jupyterlab';
  const shown = createShownValues(program, forLab, 0);
  const scopes = createScopes(program, shown);
  const evaluation = createEvaluation({
    ...{ program, scopes, scopeText },
    innermost: () => standing.stop()?.paused.callFrames[0]?.callFrameId,
  });
  const stepping = createStepping(program, stacks);
  const exceptions = createExceptions(program, stacks);
  const stopHere = createStopHere(program, stacks);
  const dumped = new Map<string, string>();
  const isAttached = () => attachment.isAttached();
  const breakpoints = createBreakpoints({
    program,
    scripts,
    preview: async (path) => {
      const source = dumped.get(path);
      return source === undefined ? undefined : preview(source);
    },
    compile: async (text, script, at) =>
      script.isCell ? evaluation.compile(text, (await script.code.around(at)).names) : evaluation.javaScript(text),
    check: (text) => evaluation.javaScript(text),
    isAttached,
  });
  const attachment = createAttachment({ program, scripts, breakpoints, exceptions, log });
  const isPausing = () => standing.isPausing();
  const judge = createJudge({ stacks, exceptions, breakpoints, stepping, stopHere, isPausing });
  const standing = createStandingProgram({ program, stacks, shown, stepping, stopHere, judge, event, log });
  const detach = () => {
    attachment.detach();
    standing.forget();
  };
  const { stop, resume, step, pause, framesOf, frame, topFrame } = standing;
  const session: Session = {
    ...{ program, scripts, breakpoints, stacks, scopes, shown, evaluation, exceptions, stopHere, dumped, event },
    ...{ stop, resume, step, pause, framesOf, frame, topFrame, isAttached, detach },
    explorer: createExplorer({
      ...{ program, isAttached },
      values: createShownValues(program, forLab, EXPLORER_FROM),
      limited: evaluation.limited,
    }),
    client: '',
    attach: (options) =>
      attachment.attach(options).catch((error: unknown) => {
        if (isAttached()) detach();
        throw error;
      }),
  };
  return { session, program: standing, stepping, attachment };
}

async function answerTo(session: Session, message: JsonObject): Promise<DebugReply> {
  const { seq, command, arguments: given } = message;
  const named = typeof command === 'string' ? command : '';
  const head = { type: 'response', request_seq: Number(seq) || 0, command: named } as const;
  return commands(session, named, given).then(
    (body) => ({ ...head, success: true, body: body ?? {} }),
    (error: unknown) => ({
      ...head,
      success: false,
      message: error instanceof Error ? error.message : String(error),
      body: {},
    }),
  );
}
