// Whether the program stands, and how it goes on: what V8 says of pauses is judged, clients are told, and they resume, step
// and pause. The frames of a stop have their numbers here, for they end with it.

import type { NumberedFrame, Stop } from './attached-session.ts';
import type { CallStacks } from './call-stack.ts';
import { PAUSE, type Paused, type Program } from './debugged-program.ts';
import type { Verdict } from './pause-verdict.ts';
import type { ShownValues } from './shown-values.ts';
import type { StepKind, Stepping } from './stepping.ts';
import type { StopHere } from './stop-here.ts';

/** What it is made of. */
export interface StandingParts {
  readonly program: Program;
  readonly stacks: CallStacks;
  readonly shown: ShownValues;
  readonly stepping: Stepping;
  readonly stopHere: StopHere;
  readonly judge: (task: number, paused: Paused) => Promise<Verdict>;
  readonly event: (event: string, body: object) => void;
  readonly log: (line: string) => void;
}

/** The program, standing or not. */
export interface StandingProgram {
  /** The pause that a client was told of. */
  stop(): Stop | undefined;
  /** V8 has paused: somebody is told, or the program goes on. */
  paused(paused: Paused): void;
  /** V8 goes on, for whatever reason. */
  resumed(): void;
  /** Whether a client has asked for a pause. */
  isPausing(): boolean;
  resume(): Promise<void>;
  step(kind: StepKind): Promise<void>;
  /** Stops the program where it is, also where it only waits. */
  pause(): Promise<void>;
  /** What a client has asked for is over without a stop: its step, its pause. */
  giveUp(): Promise<void>;
  /** The program is gone, or the debugger lets go of it: to clients it goes on. */
  forget(): void;
  framesOf(task: number): Promise<readonly NumberedFrame[]>;
  frame(number: number): NumberedFrame | undefined;
  topFrame(): NumberedFrame | undefined;
}

/** A step that is still under way after this long looks like a run: front ends take back what they show of the stop. */
const LONG_STEP_MS = 300;
/** A program that has not stopped by now does nothing, and is given something at which it can stop. */
const IDLE_MS = 30;

/** Makes it; the program runs. */
export function createStandingProgram(parts: StandingParts): StandingProgram {
  const { program, stacks, shown, stepping, stopHere, judge, event, log } = parts;
  const { inspector } = program;
  let standing: Paused | undefined;
  let stop: Stop | undefined;
  let pausing = false;
  let frames = new Map<number, NumberedFrame>();
  let lastFrame = 0;
  let stepTimer: NodeJS.Timeout | undefined;

  const continued = (task: number) => event('continued', { threadId: task, allThreadsContinued: true });
  /** What was shown of the stop is gone. */
  const forgetStop = () => {
    stop = undefined;
    frames = new Map();
    shown.clear();
    program.release(PAUSE);
  };
  /** The same where no client has asked for it. */
  const takeBack = () => {
    const was = stop;
    standing = undefined;
    if (!was) return;
    forgetStop();
    continued(was.task);
  };
  const goOnBy = async (command: 'resume' | StepKind) => {
    standing = undefined;
    await inspector
      .call(`Debugger.${command}`)
      .catch((error: Error) => log(`the program did not go on: ${error.message}`));
  };
  const consider = async (paused: Paused) => {
    const still = () => standing === paused;
    const task = await program.ask<number>('tasks.current()');
    const verdict = await judge(task, paused);
    if (!still()) return;
    if (verdict.next !== 'stop') return goOnBy(verdict.next);
    await stepping.end();
    if (!still()) return;
    tell({ paused, task: verdict.task ?? task, told: verdict.told }, verdict.reason);
  };
  const tell = (at: Stop, reason: string | undefined) => {
    clearTimeout(stepTimer);
    pausing = false;
    stop = at;
    const { told } = at;
    const words = told && { text: told.text, description: told.text };
    event('stopped', { reason, threadId: at.task, allThreadsStopped: true, ...words });
  };
  return {
    stop: () => stop,
    isPausing: () => pausing,
    paused(paused) {
      standing = paused;
      consider(paused).catch((error: Error) => {
        log(`a pause could not be shown: ${error.message}`);
        if (standing === paused) void goOnBy('resume');
      });
    },
    resumed: takeBack,
    async resume() {
      if (!stop) return;
      const { task } = stop;
      await stepping.end();
      // Before the program can say anything.
      forgetStop();
      continued(task);
      await goOnBy('resume');
    },
    async step(kind) {
      if (!stop) return;
      const { task, paused } = stop;
      const command = await stepping.begin(kind, task, paused);
      forgetStop();
      clearTimeout(stepTimer);
      stepTimer = setTimeout(() => stop === undefined && continued(task), LONG_STEP_MS);
      await goOnBy(command);
    },
    async pause() {
      if (stop) return;
      pausing = true;
      await inspector.call('Debugger.pause');
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
      if (!standing) inspector.call('Runtime.evaluate', { expression: '0' }).catch(() => {});
    },
    async giveUp() {
      pausing = false;
      await stepping.end();
    },
    forget() {
      clearTimeout(stepTimer);
      pausing = false;
      stepping.forget();
      stopHere.forget();
      takeBack();
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
}
