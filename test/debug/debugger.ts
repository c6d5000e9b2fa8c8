// A client of the debugger over the wire: requests on control, events on iopub, cells on shell.

import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Client, type Exchange, type KernelProcess, type KernelSettings, startKernelProcess } from '../client.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read bodies freely, and fail if they are not as expected
type Body = any;

/** A stop, as a test looks at it: the stack as `name path-or-cell:line`. */
export interface Stopped {
  readonly reason: string;
  readonly thread: number;
  readonly text: string | undefined;
  /** `name:line` of each frame. */
  readonly stack: readonly string[];
  readonly frames: readonly DebugProtocol.StackFrame[];
}

/** A kernel with a debugger attached. */
export interface Debugging {
  readonly kernel: KernelProcess;
  readonly client: Client;
  /** Sends a request and gives the whole answer. */
  ask(command: string, args?: object): Promise<DebugProtocol.Response & { readonly body: Body }>;
  /** Sends a request that must succeed, and gives its body. */
  body(command: string, args?: object): Promise<Body>;
  /** The next stop that no earlier call has given. */
  stopped(): Promise<Stopped>;
  /** The names of all events so far, in order. */
  events(): readonly string[];
  /** Sets breakpoints in a cell's text and gives the lines on which they are. */
  breakAt(code: string, ...breakpoints: (number | DebugProtocol.SourceBreakpoint)[]): Promise<number[]>;
  /** Runs a cell; does not wait for its end. */
  run(code: string): Promise<Exchange>;
  /** Steps by that command and gives where it stops. */
  step(command: 'next' | 'stepIn' | 'stepOut'): Promise<Stopped>;
  go(): Promise<void>;
  /** The variables of a scope of the frame as `name = value`. */
  scope(frame: DebugProtocol.StackFrame | undefined, name: string): Promise<readonly string[]>;
  /** The variables behind a reference. */
  variables(reference: number): Promise<readonly DebugProtocol.Variable[]>;
}

/** Starts a kernel and attaches; `off`: does not attach. */
export async function debugging(settings: KernelSettings & { readonly off?: boolean } = {}): Promise<Debugging> {
  const kernel = await startKernelProcess({ ...settings, env: { COKERNEL_DIAGNOSTICS: 'off', ...settings.env } });
  const { client } = kernel;
  let seq = 0;
  let seen = 0;
  const events = () =>
    client.received.filter(({ header }) => header.msg_type === 'debug_event').map(({ content }) => content);
  const debugging: Debugging = {
    kernel,
    client,
    async ask(command, args) {
      seq += 1;
      const own = seq;
      const content = { type: 'request', seq, command, ...(args && { arguments: args }) };
      const { reply } = await client.request('debug_request', content, { channel: 'control' });
      if (reply.content.request_seq !== own) throw new Error(`the answer to ${command} names another request`);
      return reply.content;
    },
    async body(command, args) {
      const answer = await debugging.ask(command, args);
      if (!answer.success) throw new Error(`${command}: ${answer.message}`);
      return answer.body;
    },
    async stopped() {
      const at = seen;
      let count = 0;
      await client.until(({ header, content }) => {
        if (header.msg_type !== 'debug_event' || content.event !== 'stopped') return false;
        return count++ >= at;
      });
      const event = events().filter(({ event }) => event === 'stopped')[at];
      seen += 1;
      const { threadId, reason, text } = event.body;
      const { stackFrames } = await debugging.body('stackTrace', { threadId });
      const frames = stackFrames as DebugProtocol.StackFrame[];
      return { reason, thread: threadId, text, frames, stack: frames.map(({ name, line }) => `${name}:${line}`) };
    },
    events: () => events().map(({ event }) => event),
    async breakAt(code, ...breakpoints) {
      const { sourcePath } = await debugging.body('dumpCell', { code });
      const wanted = breakpoints.map((one) => (typeof one === 'number' ? { line: one } : one));
      const { breakpoints: set } = await debugging.body('setBreakpoints', {
        source: { path: sourcePath },
        breakpoints: wanted,
        sourceModified: false,
      });
      return set.map(({ line }: DebugProtocol.Breakpoint) => line);
    },
    run: (code) => client.execute(code),
    async step(command) {
      await debugging.body(command, { threadId: 1 });
      return debugging.stopped();
    },
    go: () => debugging.body('continue', { threadId: 1 }),
    async scope(frame, name) {
      const { scopes } = await debugging.body('scopes', { frameId: frame?.id });
      const found = scopes.find((scope: DebugProtocol.Scope) => scope.name === name);
      if (!found) return [];
      return (await debugging.variables(found.variablesReference)).map((one) => `${one.name} = ${one.value}`);
    },
    variables: async (variablesReference) => (await debugging.body('variables', { variablesReference })).variables,
  };
  if (settings.off !== true) await attach(debugging);
  return debugging;
}

/** As JupyterLab does it. */
export async function attach(on: Debugging): Promise<void> {
  await on.body('initialize', { clientID: 'jupyterlab', linesStartAt1: true, columnsStartAt1: true });
  await on.body('attach', {});
}
