// A collection at a moment of ours: where something ends that only the collector can say nobody holds, and somebody may
// wait for its end.

import { collectGarbage } from '#host/garbage';
import { setTimeout } from '#host/native-timers';

/** A collection takes 8 to 340 ms; the next one comes after so many times what the last one took. */
const PAUSE = 10;

let planned = false;
let notBefore = 0;

/** @internal Has V8 collect what nobody holds, once the code that runs now has let go of it. */
export function collectSoon(): void {
  if (planned) return;
  planned = true;
  setTimeout(collect, Math.max(0, notBefore - performance.now()));
}

function collect(): void {
  planned = false;
  const began = performance.now();
  collectGarbage();
  const ended = performance.now();
  notBefore = ended + PAUSE * (ended - began);
}
