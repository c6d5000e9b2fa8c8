// "Stop here": the next recording stops the program at one of its moments. It is reached in the library's code, so the
// program goes on from there to the person's own, if that does not call it.

import type { CallStacks } from './call-stack.ts';
import { PAUSE, type Paused, type Program } from './debugged-program.ts';

/** The moment at which the program is to stop. */
export interface StopHere {
  /** From now on one moment is expected, in place of any other. */
  expect(moment: number): Promise<void>;
  /** Whether V8 has paused because of it, or on the way from there. */
  isHit(paused: Paused): boolean;
  /** What is to be done at such a pause. */
  decide(paused: Paused): Promise<'stop' | 'stepInto'>;
  /** V8 knows nothing of it any more. */
  forget(): void;
}

/** Makes it; no moment is expected. */
export function createStopHere(program: Program, stacks: CallStacks): StopHere {
  let breakpoint: string | undefined;
  let isOnItsWay = false;
  const lift = async () => {
    const breakpointId = breakpoint;
    breakpoint = undefined;
    if (breakpointId === undefined) return;
    await program.inspector.call('Debugger.removeBreakpoint', { breakpointId }).catch(() => {});
  };
  return {
    async expect(moment) {
      await lift();
      isOnItsWay = false;
      await program.ask(`stopHere(${moment})`);
      const { objectId } = await program.object('reach', PAUSE);
      const made = await program.inspector.call<{ readonly breakpointId: string }>(
        'Debugger.setBreakpointOnFunctionCall',
        { objectId },
      );
      breakpoint = made.breakpointId;
    },
    isHit: ({ hitBreakpoints = [] }) => isOnItsWay || (breakpoint !== undefined && hitBreakpoints.includes(breakpoint)),
    async decide(paused) {
      await lift();
      const [top] = stacks.calls(paused);
      isOnItsWay = top === undefined;
      return top === undefined ? 'stepInto' : 'stop';
    },
    forget() {
      breakpoint = undefined;
      isOnItsWay = false;
    },
  };
}
