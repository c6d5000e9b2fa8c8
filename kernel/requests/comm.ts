// Comms: messages from the front end to user code and back, and the list of open comms.
// Targets are registered in the cell process, which closes a comm whose target it does not know.

import type { CommDown, CommUp, ExecutionId } from '../../runtime/events.ts';
import { FieldError, field } from './fields.ts';
import type { Comms, Exchange, Handler, Kernel, OpenComm } from './kernel.ts';

/**
 * How long idle waits for the handler of a comm message, in milliseconds. While a cell spins the handler cannot run;
 * saying idle then does not lose the message.
 */
const PATIENCE_MS = 1000;

export function createComms(): Comms {
  const known = new Map<string, OpenComm>();
  const pending = new Map<ExecutionId, () => void>();
  return {
    handled: (execution) =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          pending.delete(execution);
          resolve();
        };
        const timer = setTimeout(finish, PATIENCE_MS);
        pending.set(execution, finish);
      }),
    done: (execution) => pending.get(execution)?.(),
    open: (comm) => void known.set(comm.id, comm),
    close: (id) => void known.delete(id),
    has: (id) => known.has(id),
    forget() {
      const all = [...known.values()];
      known.clear();
      for (const finish of [...pending.values()]) finish();
      return all;
    },
    list: (wanted) =>
      Object.fromEntries(
        [...known.values()]
          .filter(({ target }) => wanted === undefined || target === wanted)
          .map(({ id, target }) => [id, { target_name: target }]),
      ),
  };
}

export const commInfo: Handler = ({ request, reply }, kernel) => {
  const target = field(request.content, 'target_name', 'string', '');
  reply({ status: 'ok', comms: kernel.comms.list(target || undefined) });
};

export const commOpen: Handler = (exchange, kernel) => {
  const targetName = field(exchange.request.content, 'target_name', 'string');
  kernel.comms.open({ id: commId(exchange), target: targetName });
  return send(exchange, kernel, 'comm_open', targetName);
};

export const commMessage: Handler = (exchange, kernel) => {
  const id = commId(exchange);
  // Closed from here, because the cell process that knew the comm may be gone; the front end then stops using it.
  if (kernel.comms.has(id)) return send(exchange, kernel, 'comm_msg');
  exchange.publish('comm_close', { comm_id: id, data: {} });
};

export const commClose: Handler = (exchange, kernel) => {
  const id = commId(exchange);
  if (!kernel.comms.has(id)) return;
  kernel.comms.close(id);
  return send(exchange, kernel, 'comm_close');
};

function send(
  { request, parent }: Exchange,
  kernel: Kernel,
  type: CommDown['type'],
  targetName?: string,
): Promise<void> {
  const { id } = kernel.executions.create(request, parent);
  const { content, metadata, buffers } = request;
  const message: CommDown = {
    type,
    execution: id,
    commId: content.comm_id as string,
    targetName,
    data: content.data ?? {},
    metadata,
  };
  const handled = kernel.comms.handled(id);
  kernel.cellProcess.comm(message, buffers);
  return handled;
}

function commId({ request }: Exchange): string {
  const id = field(request.content, 'comm_id', 'string');
  if (id === '') throw new FieldError('comm_id should not be empty');
  return id;
}

/** Publishes to every client what user code sent on a comm, and keeps the list of open comms. */
export function publishComm(
  kernel: Kernel,
  event: CommUp,
  parent: string | undefined,
  data: unknown,
  buffers: readonly Uint8Array[],
): void {
  const { type, commId: id, targetName, metadata } = event;
  if (type === 'comm_open') kernel.comms.open({ id, target: targetName ?? '', parent });
  if (type === 'comm_close') kernel.comms.close(id);
  const content = { comm_id: id, data: data ?? {}, ...(type === 'comm_open' && { target_name: targetName ?? '' }) };
  kernel.publish(parent, type, content, { metadata, buffers });
}

/** The cell process that held the other ends is gone: closes all comms, and says under each cell that its widgets are gone. */
export function closeComms(kernel: Kernel): void {
  const gone = kernel.comms.forget();
  for (const { id } of gone) kernel.publish(undefined, 'comm_close', { comm_id: id, data: {} });
  const cells = new Set(gone.filter(({ target }) => target === WIDGETS).map(({ parent }) => parent));
  for (const parent of cells)
    if (parent !== undefined) kernel.publish(parent, 'stream', { name: 'stderr', text: GONE });
}

const WIDGETS = 'jupyter.widget';
const GONE =
  'The widgets of this cell are gone, because their kernel process ended. To have them back, run the cell again.\n';
