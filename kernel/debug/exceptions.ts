// Which errors stop the program. V8 calls nothing uncaught here, because the engine catches all that a task throws: so V8
// pauses at every error, and whether a `catch` of the person's stands around it is read from the text of the frames.

import type { ThrownKind } from '../../runtime/debuggee.ts';
import type { CallStacks } from './call-stack.ts';
import { DEBUGGEE_TEXT, PAUSE, type Paused, type Program, type RemoteObject } from './debugged-program.ts';

/** The filters, as a client shows them. */
export const FILTERS = [
  { filter: 'raised', label: 'Raised errors', description: 'Every error where it is thrown' },
  { filter: 'uncaught', label: 'Uncaught errors', description: 'Errors that no catch of a task or its awaiters takes' },
  { filter: 'cancelled', label: 'Cancellations', description: 'CancelledError where it arrives' },
  { filter: 'deadlock', label: 'Deadlocks', description: 'Tasks that wait for one another in a ring' },
] as const;

/** What stopped the program, in words. */
export interface Told {
  readonly name: string;
  readonly text: string;
  /** The task that it is about, where that is not the one that runs. */
  readonly task?: number;
}

/** The errors that stop. */
export interface Exceptions {
  /** `now`: a debugger is attached. */
  set(filters: readonly string[], now: boolean): Promise<void>;
  /** Tells V8 what was set, in a fresh process. */
  restore(): Promise<void>;
  /** What to tell of the error at which V8 has paused; undefined: it goes on. */
  wanted(task: number, paused: Paused): Promise<Told | undefined>;
  /** What to tell where V8 has paused because of a ring of tasks; undefined if that is not the reason. */
  ring(paused: Paused): Promise<Told | undefined>;
  clear(): void;
}

/** Makes the filters; none is on. */
export function createExceptions(program: Program, stacks: CallStacks): Exceptions {
  let filters: ReadonlySet<string> = new Set();
  let haltId: string | undefined;
  const watchRings = async (on: boolean) => {
    await program.ask(`watchRings(${on})`);
    if (on && haltId === undefined) {
      const { objectId } = await program.object('halt', PAUSE);
      const made = await program.inspector.call<{ readonly breakpointId: string }>(
        'Debugger.setBreakpointOnFunctionCall',
        { objectId },
      );
      haltId = made.breakpointId;
    } else if (!on && haltId !== undefined) {
      await program.inspector.call('Debugger.removeBreakpoint', { breakpointId: haltId }).catch(() => {});
      haltId = undefined;
    }
  };
  const apply = async () => {
    const errors = ['raised', 'uncaught', 'cancelled'].some((filter) => filters.has(filter));
    await program.inspector.call('Debugger.setPauseOnExceptions', { state: errors ? 'all' : 'none' });
    await watchRings(filters.has('deadlock'));
  };
  const isCaught = async (task: number, paused: Paused): Promise<boolean> => {
    const frames = await stacks.stackOf(task, paused);
    const around = await Promise.all(frames.map(({ script, at }) => script?.code.around(at)));
    return around.some((place) => place?.caught === true);
  };
  return {
    async set(names, now) {
      filters = new Set(names);
      if (now) await apply();
    },
    async restore() {
      haltId = undefined;
      await apply();
    },
    async wanted(task, paused) {
      const error = paused.data as RemoteObject | undefined;
      if (stacks.calls(paused).length === 0) return undefined;
      const kind = await kindOf(program, error);
      if (kind === 'seen' || kind === 'interrupt') return undefined;
      const told = { name: error?.className ?? 'Error', text: textOf(error) };
      if (kind === 'cancelled') return filters.has('cancelled') ? told : undefined;
      if (filters.has('raised')) return told;
      return filters.has('uncaught') && !(await isCaught(task, paused)) ? told : undefined;
    },
    async ring({ hitBreakpoints = [], callFrames }) {
      const call = callFrames[0];
      if (haltId === undefined || !call || !hitBreakpoints.includes(haltId)) return undefined;
      const answer = await program.inspector.call<{ readonly result: RemoteObject }>('Debugger.evaluateOnCallFrame', {
        callFrameId: call.callFrameId,
        expression: 'Array.from(arguments)',
        returnByValue: true,
      });
      const [ring, names] = answer.result.value as readonly [readonly number[], readonly string[]];
      const text = `Deadlock: ${[...names, names[0]].join(' waits for ')}`;
      return { name: 'Deadlock', text, ...(ring[0] !== undefined && { task: ring[0] }) };
    },
    clear() {
      filters = new Set();
      haltId = undefined;
    },
  };
}

/** An error that is thrown on is the same error. */
async function kindOf(program: Program, error: RemoteObject | undefined): Promise<ThrownKind> {
  if (error?.objectId === undefined) return 'other';
  return program.callOn<ThrownKind>(error, `function () { return ${DEBUGGEE_TEXT}.errorOf(this); }`);
}

function textOf(error: RemoteObject | undefined): string {
  const text = error?.description ?? (error && 'value' in error ? String(error.value) : 'an error');
  return text.split('\n', 1)[0] as string;
}
