// Comms: named two-way channels between user code and the front end's widgets, as ipykernel has them.

import { randomId } from '#host/random-id';
import type { CommDown } from '../../events.ts';
import { briefText, checkJson } from '../display/bundle.ts';
import { currentOwner, type Owner } from '../interrupt/owner.ts';
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
  /** Calls `handler` with each message; what it prints goes under the cell that asked for this. Returns a function that stops that. */
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

/** What takes the messages of a comm. */
export interface CommEnds {
  readonly message: (message: CommMessage) => void;
  readonly closed: (message: CommMessage) => void;
}

/** Comms over one port. */
export interface Comms {
  readonly Comm: CommConstructor;
  /** Takes a comm message from the front end. Handlers are called through `enter`. */
  receive(message: CommDown, buffers: readonly Uint8Array[]): void;
  /** Opens a comm whose messages are taken by the kernel's own code, which is not entered. */
  connect(targetName: string, open: CommExtras & { readonly data?: unknown }, ends: CommEnds): Comm;
  /** Lets the front end open comms to `name`; the kernel's own code takes them. */
  serve(name: string, call: (comm: Comm) => CommEnds): void;
}

/** Runs a handler as caused by `owner`, and reports what it throws. False if an interrupt ended it. */
export type Enter = (call: () => void, owner: Owner) => boolean;

const plainly: Enter = (call) => {
  call();
  return true;
};

type Handler = (message: CommMessage) => void;
/** False if an interrupt ended it: nothing more of the message is handled then. */
type Listener = (message: CommMessage) => boolean;

interface Ends {
  /** Each with what a person gave, so that it can be taken back. */
  readonly messages: Map<Handler, Listener>;
  readonly closes: Map<Handler, Listener>;
  open: boolean;
}

type Send = (type: CommDown['type'], commId: string, data: unknown, extras?: CommExtras, targetName?: string) => void;

function sender(port: CellPort): Send {
  return (type, commId, data, { metadata = {}, buffers = [] } = {}, targetName) => {
    checkJson(data ?? {}, 'Comm: data');
    checkJson(metadata, 'Comm: metadata');
    checkBuffers(buffers);
    const event = { type, execution: port.execution(), commId, data: data ?? {}, metadata };
    port.send(targetName === undefined ? event : { ...event, targetName }, buffers);
  };
}

/** One comm over `send`; `forget` is called when user code closes it. */
function createComm(
  { targetName, commId, ends }: { readonly targetName: string; readonly commId: string; readonly ends: Ends },
  send: Send,
  enter: Enter,
  forget: () => void,
): Comm {
  const listen = (listeners: Map<Handler, Listener>, handler: Handler, caller: string): (() => void) => {
    checkHandler(handler, `comm.${caller}`);
    const owner = currentOwner();
    listeners.set(handler, (message) => enter(() => handler(message), owner));
    return () => void listeners.delete(handler);
  };
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
export function createComms(port: CellPort, enter: Enter = plainly): Comms {
  const open = new Map<string, Ends>();
  const targets = new Map<string, (comm: Comm, message: CommMessage, ends: Ends) => void>();
  const send = sender(port);

  function create(targetName: string, commId: string): { readonly comm: Comm; readonly ends: Ends } {
    const ends: Ends = { messages: new Map(), closes: new Map(), open: true };
    open.set(commId, ends);
    const comm = createComm({ targetName, commId, ends }, send, enter, () => open.delete(commId));
    return { comm: Object.setPrototypeOf(comm, Comm.prototype as object) as Comm, ends };
  }

  function connect(
    targetName: string,
    { data, ...extras }: CommExtras & { readonly data?: unknown },
  ): ReturnType<typeof create> {
    const made = create(targetName, randomId());
    send('comm_open', made.comm.commId, data, extras, targetName);
    return made;
  }

  function Comm(targetName: string, given: CommExtras & { readonly data?: unknown } = {}): Comm {
    checkName(targetName, 'new Comm');
    return connect(targetName, given).comm;
  }

  function registerTarget(name: string, handler: CommTarget): () => void {
    checkName(name, 'Comm.registerTarget');
    checkHandler(handler, 'Comm.registerTarget');
    const owner = currentOwner();
    const target = (comm: Comm, message: CommMessage): void => {
      enter(() => closingIfFailed(comm, () => handler(comm, message)), owner);
    };
    targets.set(name, target);
    return () => {
      if (targets.get(name) === target) targets.delete(name);
    };
  }

  function opened({ commId, targetName = '' }: CommDown, message: CommMessage): void {
    const target = targets.get(targetName);
    if (!target) {
      // The protocol's answer to an unknown target.
      send('comm_close', commId, {});
      return;
    }
    const { comm, ends } = create(targetName, commId);
    target(comm, message, ends);
  }

  return {
    Comm: Object.assign(Comm, { registerTarget }) as unknown as CommConstructor,
    connect(targetName, given, own) {
      const { comm, ends } = connect(targetName, given);
      take(ends, own);
      return comm;
    },
    serve: (name, call) => void targets.set(name, (comm, _, ends) => take(ends, call(comm))),
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

/** Has the kernel's own code take the messages of a comm. */
function take({ messages, closes }: Ends, { message, closed }: CommEnds): void {
  const always = (call: Handler) => (received: CommMessage) => {
    call(received);
    return true;
  };
  messages.set(message, always(message));
  closes.set(closed, always(closed));
}

function closingIfFailed(comm: Comm, call: () => void): void {
  try {
    call();
  } catch (error) {
    comm.close();
    throw error;
  }
}

function callAll(listeners: ReadonlyMap<Handler, Listener>, message: CommMessage): void {
  for (const listener of [...listeners.values()]) if (!listener(message)) return;
}

function checkBuffers(buffers: unknown): void {
  if (Array.isArray(buffers) && buffers.every((bytes) => bytes instanceof Uint8Array)) return;
  throw new TypeError(`Comm: a list of Uint8Array was expected as buffers, got ${briefText(buffers)}.`);
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
