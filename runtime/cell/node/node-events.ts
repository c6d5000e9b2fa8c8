// The events of a Node process, with the person's own listeners beside ours.

import { EventEmitter } from 'node:events';
import type { ProcessEvents, ProcessListeners } from '../execute/process-events.ts';

// Taken now: a cell may replace those of `process`.
const { listeners: listenersOf, prependListener, emit } = EventEmitter.prototype;

/** Node's own printing of warnings ends. */
export function createNodeEvents(): ProcessEvents {
  let ours: ProcessListeners | undefined;
  process.removeAllListeners('warning');
  return {
    listen(listeners) {
      ours = listeners;
      for (const [event, listener] of Object.entries(listeners)) {
        const all: unknown[] = Reflect.apply(listenersOf, process, [event]);
        if (!all.includes(listener)) Reflect.apply(prependListener, process, [event, listener]);
      }
    },
    handled: (event) => Reflect.apply(listenersOf, process, [event]).some((one: unknown) => one !== ours?.[event]),
    emit(error, origin) {
      for (const event of ['uncaughtExceptionMonitor', 'uncaughtException']) {
        Reflect.apply(emit, process, [event, error, origin]);
      }
    },
  };
}
