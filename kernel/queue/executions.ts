// Finds the request of each execution, so that output gets the right parent however late it comes, whichever cell
// is running now.

import type { ExecutionId } from '../../runtime/events.ts';
import type { Execution, Executions } from '../requests/kernel.ts';

/**
 * Limited by memory, not by number: this holds about 6,000 executions, so that output of a cell 5,000 executions ago
 * still finds its parent.
 */
const LIMIT_BYTES = 8 * 1024 * 1024;
/** The approximate size of an entry without its header. */
const ENTRY_BYTES = 1000;

/** Keeps at most `limit` bytes of executions and drops the oldest first, but none that is still running. */
export function createExecutions(limit = LIMIT_BYTES): Executions {
  const known = new Map<ExecutionId, Execution>();
  let last = 0;
  let size = 0;
  const cost = (execution: Execution) => execution.parent.length + ENTRY_BYTES;
  return {
    create({ channel, identities }, parent, cell) {
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
