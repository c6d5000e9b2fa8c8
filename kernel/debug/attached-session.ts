// The session as its commands see it. It is made in debug-session.ts; interfaces only.

import type { Breakpoints } from './breakpoints.ts';
import type { CallStacks, StackFrame } from './call-stack.ts';
import type { Paused, Program } from './debugged-program.ts';
import type { Evaluation } from './evaluation.ts';
import type { Exceptions, Told } from './exceptions.ts';
import type { Explorer } from './explorer.ts';
import type { Scopes } from './frame-scopes.ts';
import type { Scripts } from './scripts.ts';
import type { ShownValues } from './shown-values.ts';
import type { StepKind } from './stepping.ts';
import type { StopHere } from './stop-here.ts';

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
  readonly stopHere: StopHere;
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
