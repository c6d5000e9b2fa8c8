// Which request each execution belongs to, so that output finds its parent however late it comes, whatever runs now.

import type { ExecutionId } from '../../runtime/events.ts';
import type { JsonObject, Message } from '../protocol.ts';

/** Bound by memory, not by number: about 40,000 executions. A cell of 5,000 executions ago still finds its parent. */
const LIMIT_BYTES = 16 * 1024 * 1024;
/** What an entry takes beside its header, roughly. */
const ENTRY_BYTES = 200;

export interface Execution {
  readonly id: ExecutionId;
  /** The request's header as JSON: the same object for all output, so that streams can be told to belong together. */
  readonly parent: Uint8Array;
  readonly origin: Pick<Message, 'channel' | 'identities'>;
  /** The number of its result and reply; 0 for what is no cell, as a comm message. */
  readonly count: number;
  readonly silent: boolean;
  readonly allowStdin: boolean;
  /** True until its reply is made: input may be asked only then. */
  running: boolean;
  payload: JsonObject[];
  /** The result's text/plain, for history. */
  output: string | undefined;
}

export interface Executions {
  /** `parent` is the request's header, serialised. Without `cell` it is no cell, as a comm message. */
  begin(request: Message, parent: Uint8Array, cell?: Pick<Execution, 'count' | 'silent' | 'allowStdin'>): Execution;
  find(id: ExecutionId): Execution | undefined;
}

/** `limit` is in bytes; the oldest entries go first. */
export function createExecutions(limit = LIMIT_BYTES): Executions {
  const known = new Map<ExecutionId, Execution>();
  let last = 0;
  let size = 0;
  const cost = (execution: Execution) => execution.parent.byteLength + ENTRY_BYTES;
  return {
    begin({ channel, identities }, parent, cell) {
      last += 1;
      const execution: Execution = {
        id: last,
        parent,
        origin: { channel, identities },
        count: cell?.count ?? 0,
        silent: cell?.silent ?? false,
        allowStdin: cell?.allowStdin ?? false,
        running: cell !== undefined,
        payload: [],
        output: undefined,
      };
      known.set(last, execution);
      size += cost(execution);
      for (const [id, oldest] of known) {
        if (size <= limit || oldest.running) break;
        known.delete(id);
        size -= cost(oldest);
      }
      return execution;
    },
    find: (id) => known.get(id),
  };
}
