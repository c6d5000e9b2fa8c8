// While the program stands at a breakpoint, its loops' time stands still: a timeout of 0.3 s does not fire because somebody
// looked at a variable for a minute. What a person's own setTimeout and Date say is not changed.

import { Loop } from '../../asyncio/engine/loop.ts';

/** Makes what subtracts the time for which the program stood, in milliseconds, from the clocks of all loops. */
export function createStandingClock(): (milliseconds: number) => void {
  let stood = 0;
  let installed = false;
  return (milliseconds) => {
    stood += milliseconds / 1000;
    if (installed) return;
    installed = true;
    const { time } = Loop.prototype;
    Loop.prototype.time = function standingTime(this: Loop) {
      return Reflect.apply(time, this, []) - (this.clock === 'real' ? stood : 0);
    };
  };
}
