// Errors that nobody caught, in a worker: the events of its global object, with the person's own listeners beside ours.

import type { ProcessEvents, ProcessListeners } from '../execute/process-events.ts';

interface Told extends Event {
  readonly error?: unknown;
  readonly reason?: unknown;
  readonly promise?: object;
}

type Listen = (event: string, listener: (event: Told) => void) => void;

// Taken at load: a cell may replace it.
const addEventListener = (globalThis as unknown as { readonly addEventListener: Listen }).addEventListener.bind(
  globalThis,
);

/** Keeps an error out of the browser's console; taken at load. */
const { preventDefault } = Event.prototype as unknown as { preventDefault(this: Event): void };

/** None of these ends the worker. */
export function createWebEvents(): ProcessEvents {
  let ours: ProcessListeners | undefined;
  return {
    listen(listeners) {
      if (ours !== undefined) return;
      ours = listeners;
      addEventListener('error', (event) => {
        Reflect.apply(preventDefault, event, []);
        listeners.uncaughtException(event.error);
      });
      addEventListener('unhandledrejection', (event) => {
        Reflect.apply(preventDefault, event, []);
        listeners.unhandledRejection(event.reason, event.promise ?? event);
      });
      addEventListener('rejectionhandled', (event) => listeners.rejectionHandled(event.promise ?? event));
    },
    // The browser calls the person's own listeners itself, and does not tell of them.
    handled: () => false,
    emit() {},
  };
}
