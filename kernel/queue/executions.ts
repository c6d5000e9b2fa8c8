// Which request each execution belongs to, so that output finds its parent however late it comes, whatever runs now.

import type { ExecutionId } from '../../runtime/events.ts';
import type { Execution, Executions } from '../requests/kernel.ts';

/** Bound by memory, not by number: about 40,000 executions. A cell of 5,000 executions ago still finds its parent. */
const LIMIT_BYTES = 16 * 1024 * 1024;
/** What an entry takes beside its header, roughly. */
const ENTRY_BYTES = 200;

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
