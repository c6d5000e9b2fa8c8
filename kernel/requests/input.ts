// input(): passes questions of user code to the client whose request is running, on stdin, one at a time.

import { setImmediate } from '#host/native-timers';
import type { CellProcess } from '../process/cell-process.ts';
import type { Message } from '../protocol.ts';
import type { Wire } from '../wire/wire.ts';
import type { Execution, Input, InputQuestion } from './kernel.ts';

interface Waiting {
  readonly id: number;
  readonly execution: Execution;
  readonly question: InputQuestion;
}

export function createInput(
  wire: Pick<Wire, 'send'>,
  cellProcess: () => CellProcess,
  log: (line: string) => void,
): Input {
  let waiting: Waiting[] = [];
  let open: { readonly waiting: Waiting; readonly id: string } | undefined;
  const next = () => {
    const first = waiting[0];
    if (open !== undefined || first === undefined) return;
    const { prompt, password } = first.question;
    const { origin, parent } = first.execution;
    const to = { channel: 'stdin', identities: origin.identities } as const;
    const request = { type: 'input_request', content: { prompt, password }, parent };
    // ZeroMQ connects each socket for itself: a client that has sent a cell on shell may not be on stdin yet.
    open = { waiting: first, id: wire.send(to, request, () => open?.waiting === first) };
  };
  return {
    ask({ id }, question, execution) {
      const refusal = refusalOf(execution);
      if (refusal !== undefined || execution === undefined) {
        cellProcess().answer(id, { error: refusal ?? '' });
        return;
      }
      waiting.push({ id, execution, question });
      // In a later turn of Node's loop: a reply that came too late for an earlier question is read and dropped first.
      setImmediate(next);
    },
    reply(message) {
      const { msg_type: type, msg_id: id } = message.parentHeader;
      // jupyter_client names no parent in its reply; a reply that does name one must name the open question.
      if (open === undefined || (type === 'input_request' && id !== open.id)) {
        log('dropped an input_reply: no question is open');
        return;
      }
      const { value } = message.content;
      const found = `input_reply: value should be a string, found ${value === null ? 'null' : typeof value}`;
      cellProcess().answer(open.waiting.id, typeof value === 'string' ? { value } : { error: `TypeError: ${found}` });
      waiting = waiting.filter((other) => other !== open?.waiting);
      open = undefined;
      next();
    },
    drop(execution) {
      const gone = (one: Waiting) => execution === undefined || one.execution === execution;
      waiting = waiting.filter((one) => !gone(one));
      if (open !== undefined && gone(open.waiting)) open = undefined;
      next();
    },
  };
}

function refusalOf(execution: Execution | undefined): string | undefined {
  if (execution?.running !== true) {
    return 'StdinNotImplementedError: input() was called after its cell had ended, when no front end answers. Await it in the cell.';
  }
  if (execution.allowStdin) return undefined;
  return 'StdinNotImplementedError: input() was called, but this front end does not support it (allow_stdin is false). Set the value in the code instead.';
}
