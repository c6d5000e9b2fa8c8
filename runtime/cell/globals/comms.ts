// Comms: named two-way channels between user code and the front end's widgets, as ipykernel has them.

import { randomUUID } from 'node:crypto';
import type { CommDown } from '../../events.ts';
import { briefText, checkJson } from '../display/bundle.ts';
import { KeyboardInterrupt } from '../interrupt/interrupts.ts';
import type { CellPort } from '../output/port.ts';

/** What a comm message carries besides its data. */
export interface CommExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Bytes that travel beside the JSON. */
  readonly buffers?: readonly Uint8Array[];
}

/** A message from the front end. */
export interface CommMessage {
  readonly data: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

/** A channel to the front end. */
export interface Comm {
  readonly commId: string;
  readonly targetName: string;
  readonly closed: boolean;
  /** Sends data. @throws {Error} if the comm is closed @throws {TypeError} if JSON cannot represent the data */
  send(data: unknown, extras?: CommExtras): void;
  /** Calls `handler` with each message. Returns a function that stops that. */
  onMessage(handler: (message: CommMessage) => void): () => void;
  /** Calls `handler` when the front end closes the comm. Returns a function that stops that. */
  onClose(handler: (message: CommMessage) => void): () => void;
  /** Closes it. Closing it again does nothing. */
  close(data?: unknown, extras?: CommExtras): void;
}

/** Called when the front end opens a comm to a registered target. */
export type CommTarget = (comm: Comm, message: CommMessage) => void;

export interface CommConstructor {
  /**
   * Opens a comm to a target that the front end has registered.
   *
   * @example
   * const comm = new Comm('my-widget', { data: { value: 1 } })
   * comm.onMessage(({ data }) => console.log(data))
   */
  new (targetName: string, open?: CommExtras & { readonly data?: unknown }): Comm;
  /** Lets the front end open comms to `name`. Returns a function that withdraws this. */
  registerTarget(name: string, handler: CommTarget): () => void;
  readonly prototype: Comm;
}

/** Comms over one port. */
export interface Comms {
  readonly Comm: CommConstructor;
  /** Takes a comm message from the front end. Calls all handlers, then throws what any of them threw. */
  receive(message: CommDown, buffers: readonly Uint8Array[]): void;
}

type Handler = (message: CommMessage) => void;

interface Ends {
  readonly messages: Set<Handler>;
  readonly closes: Set<Handler>;
  open: boolean;
}

type Send = (type: CommDown['type'], commId: string, data: unknown, extras?: CommExtras, targetName?: string) => void;

function sender(port: CellPort): Send {
  return (type, commId, data, { metadata = {}, buffers = [] } = {}, targetName) => {
    checkJson(data ?? {}, 'Comm: data');
    checkJson(metadata, 'Comm: metadata');
    const event = { type, execution: port.execution(), commId, data: data ?? {}, metadata };
    port.send(targetName === undefined ? event : { ...event, targetName }, buffers);
  };
}

/** One comm over `send`; `forget` is called when user code closes it. */
function createComm(targetName: string, commId: string, ends: Ends, send: Send, forget: () => void): Comm {
  return {
    commId,
    targetName,
    get closed() {
      return !ends.open;
    },
    send(data, extras) {
      if (!ends.open) throw new Error(`Comm '${targetName}' is closed. Open another: new Comm('${targetName}').`);
      send('comm_msg', commId, data, extras);
    },
    onMessage: (handler) => listen(ends.messages, handler, 'onMessage'),
    onClose: (handler) => listen(ends.closes, handler, 'onClose'),
    close(data, extras) {
      if (!ends.open) return;
      ends.open = false;
      forget();
      send('comm_close', commId, data, extras);
    },
  };
}

/** Makes the Comm class for a port. */
export function createComms(port: CellPort): Comms {
  const open = new Map<string, Ends>();
  const targets = new Map<string, CommTarget>();
  const send = sender(port);

  function create(targetName: string, commId: string): Comm {
    const ends: Ends = { messages: new Set(), closes: new Set(), open: true };
    open.set(commId, ends);
    const comm = createComm(targetName, commId, ends, send, () => open.delete(commId));
    return Object.setPrototypeOf(comm, Comm.prototype as object) as Comm;
  }

  function Comm(targetName: string, { data, ...extras }: CommExtras & { readonly data?: unknown } = {}): Comm {
    checkName(targetName, 'new Comm');
    const comm = create(targetName, randomUUID());
    send('comm_open', comm.commId, data, extras, targetName);
    return comm;
  }

  function registerTarget(name: string, handler: CommTarget): () => void {
    checkName(name, 'Comm.registerTarget');
    checkHandler(handler, 'Comm.registerTarget');
    targets.set(name, handler);
    return () => {
      if (targets.get(name) === handler) targets.delete(name);
    };
  }

  function opened({ commId, targetName = '' }: CommDown, message: CommMessage): void {
    const target = targets.get(targetName);
    if (!target) {
      // The protocol's answer to an unknown target.
      send('comm_close', commId, {});
      return;
    }
    const comm = create(targetName, commId);
    try {
      target(comm, message);
    } catch (error) {
      comm.close();
      throw error;
    }
  }

  return {
    Comm: Object.assign(Comm, { registerTarget }) as unknown as CommConstructor,
    receive(down, buffers) {
      const message = { data: down.data, metadata: down.metadata ?? {}, buffers: buffers.map(withOwnMemory) };
      if (down.type === 'comm_open') return opened(down, message);
      const ends = open.get(down.commId);
      if (!ends) return;
      if (down.type === 'comm_msg') return callAll(ends.messages, message);
      ends.open = false;
      open.delete(down.commId);
      callAll(ends.closes, message);
    },
  };
}

function listen(handlers: Set<Handler>, handler: Handler, caller: string): () => void {
  checkHandler(handler, `comm.${caller}`);
  handlers.add(handler);
  return () => void handlers.delete(handler);
}

function callAll(handlers: ReadonlySet<Handler>, message: CommMessage): void {
  const failures: unknown[] = [];
  for (const handler of [...handlers]) {
    try {
      handler(message);
    } catch (error) {
      // Nothing more of an interrupted message is handled.
      if (error instanceof KeyboardInterrupt) throw error;
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} handlers of a comm failed`);
}

function checkName(name: unknown, caller: string): void {
  if (typeof name === 'string' && name !== '') return;
  throw new TypeError(`${caller}: the name of a comm target was expected, got ${briefText(name)}.`);
}

function checkHandler(handler: unknown, caller: string): void {
  if (typeof handler === 'function') return;
  throw new TypeError(`${caller}: a function was expected, got ${briefText(handler)}.`);
}

/** A handler may keep the buffer, or read its `.buffer`: not one that is a part of something longer. */
function withOwnMemory(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
