// The watcher's part of the debugger: passes calls of V8's inspector on to the main thread, and what that says back. All
// that is decided about breakpoints, steps and variables is decided in the kernel process (kernel/debug).

import type { Session } from 'node:inspector';
import { DEBUGGEE, INTERRUPTED } from '../../debuggee.ts';
import type { DebugAnswer, DebugCall, DebugEvent } from '../../events.ts';

/** What the relay needs. */
export interface RelayHooks {
  /** Opens a session of the main thread. */
  readonly connect: () => Session;
  readonly say: (event: DebugAnswer | DebugEvent) => void;
  /** Wakes a main thread that is blocked in a question, so that V8 can run what was called. */
  readonly wake: () => void;
  /** The URL of the kernel's own code: its scripts are nobody's business. */
  readonly home: string;
  /** Milliseconds. */
  readonly now: () => number;
}

/** The debug session, open from the first call until `end`. */
export interface Relay {
  call(call: DebugCall): void;
  /** Resumes and closes: with an open session Node waits for a debugger when the process ends. */
  end(): void;
  /** Whether the main thread stands, and runs nothing for the debugger either. */
  isStanding(): boolean;
  /** An interrupt is about to be told: from now on nothing pauses. */
  hush(): void;
  /** It was told: what stands goes on, to be interrupted. */
  release(): void;
  /** No interrupt is under way any more. */
  unhush(): void;
}

/** Those after which the main thread runs. */
const RESUMING = new Set(['Debugger.resume', 'Debugger.stepOver', 'Debugger.stepInto', 'Debugger.stepOut']);
const TOLD = new Set(['Debugger.paused', 'Debugger.resumed', 'Debugger.breakpointResolved', 'Debugger.scriptParsed']);

interface Notification {
  readonly method: string;
  readonly params: { readonly url?: string };
}

/** Makes the relay. */
export function createRelay({ connect, say, wake, home, now }: RelayHooks): Relay {
  let session: Session | undefined;
  let standingSince: number | undefined;
  let hushed = false;
  let calls = 0;
  const isOwn = (url = '') => url === '' || url.startsWith('node:') || url.startsWith(home);
  const hear = ({ method, params }: Notification) => {
    if (method === 'Debugger.paused') standingSince = now();
    if (method === 'Debugger.resumed') standingSince = undefined;
    if (!TOLD.has(method) || (method === 'Debugger.scriptParsed' && isOwn(params.url))) return;
    say({ type: 'debug_event', method, params });
  };
  const open = () => {
    if (session) return session;
    session = connect();
    session.on('inspectorNotification', (message) => hear(message as unknown as Notification));
    return session;
  };
  /** Time stands still while the main thread stands. */
  const tellStanding = () => {
    if (standingSince === undefined) return;
    const expression = `this[${JSON.stringify(DEBUGGEE)}].stood(${now() - standingSince})`;
    session?.post('Runtime.evaluate', { expression, silent: true });
    standingSince = undefined;
  };
  return {
    call({ id, method, params }) {
      const opened = open();
      if (RESUMING.has(method)) tellStanding();
      calls += 1;
      opened.post(method, params, (error: Error | null, result?: object) => {
        calls -= 1;
        say({ type: 'debug_answer', id, ...(error ? { error: error.message } : { result: result ?? {} }) });
      });
      wake();
    },
    end() {
      if (!session) return;
      tellStanding();
      session.post('Debugger.disable');
      session.post('Runtime.evaluate', { expression: `this[${JSON.stringify(DEBUGGEE)}]?.detach()`, silent: true });
      session.disconnect();
      session = undefined;
      hushed = false;
      wake();
    },
    isStanding: () => standingSince !== undefined && calls === 0,
    hush() {
      if (!session) return;
      hushed = true;
      say({ type: 'debug_event', method: INTERRUPTED, params: {} });
      session.post('Debugger.setSkipAllPauses', { skip: true });
    },
    release() {
      if (!session) return;
      tellStanding();
      session.post('Debugger.resume');
    },
    unhush() {
      if (!hushed) return;
      hushed = false;
      session?.post('Debugger.setSkipAllPauses', { skip: false });
    },
  };
}
