// Calls of V8's inspector in the cell process, by the control pipe, and what the inspector says by itself. What is called
// and why is decided in kernel/debug.

import type { Control, DebugAnswer, DebugEvent } from '../../runtime/events.ts';

/** V8's inspector (the Chrome DevTools Protocol) in whichever cell process is there. */
export interface Inspector {
  /**
   * Calls a method; the first call opens the session. Rejects with V8's refusal, when the process ends, and after
   * `milliseconds` without an answer: native code holds the main thread.
   */
  call<Result = unknown>(method: string, params?: object, milliseconds?: number): Promise<Result>;
  /** Takes what the inspector says by itself. */
  listen(listener: (method: string, params: unknown) => void): void;
  /** Closes the session: what stands goes on. */
  end(): void;
  /** A process that takes the place of this one announces its scripts from the start. */
  attached: boolean;
}

/** The inspector as the owner of the cell process feeds it. */
export interface InspectorCalls extends Inspector {
  take(event: DebugAnswer | DebugEvent): void;
  /** The process has what is called in it: calls that were held until now are sent. */
  ready(): void;
  /** The process is gone: nothing will be answered. */
  lost(): void;
}

interface Call {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** Without an answer for so long, the main thread is in native code. */
const PATIENCE_MS = 5_000;

/** `send` writes on the control pipe. */
export function createInspectorCalls(send: (control: Control) => void): InspectorCalls {
  const calls = new Map<number, Call>();
  let last = 0;
  /** Undefined once the process is ready. */
  let held: Control[] | undefined = [];
  const sendOrHold = (control: Control) => (held ? void held.push(control) : send(control));
  let listener: (method: string, params: unknown) => void = () => {};
  const settle = (id: number): Call | undefined => {
    const call = calls.get(id);
    calls.delete(id);
    return call;
  };
  const inspector: InspectorCalls = {
    attached: false,
    call: (method, params = {}, milliseconds = PATIENCE_MS) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        const timer = setTimeout(() => {
          settle(id)?.reject(new Error('The program does not answer: it is in native code.'));
        }, milliseconds);
        calls.set(id, {
          resolve(result) {
            clearTimeout(timer);
            resolve(result);
          },
          reject(error) {
            clearTimeout(timer);
            reject(error);
          },
        });
        sendOrHold({ type: 'debug_call', id, method, params: params as Record<string, unknown> });
      }),
    listen(to) {
      listener = to;
    },
    end: () => sendOrHold({ type: 'debug_end' }),
    take(event) {
      if (event.type === 'debug_event') return listener(event.method, event.params);
      const call = settle(event.id);
      if (event.error === undefined) call?.resolve(event.result as never);
      else call?.reject(new Error(event.error));
    },
    ready() {
      const waiting = held ?? [];
      held = undefined;
      for (const control of waiting) send(control);
    },
    lost() {
      held = [];
      for (const id of [...calls.keys()]) settle(id)?.reject(new Error('The program has ended.'));
    },
  };
  return inspector;
}
