// Turns the events of the cell process into the messages that front ends understand, each with the request that
// caused it as its parent, whichever cell is running now. What a handler replies is not here.

import type { Ask, CellEvent } from '../../runtime/events.ts';
import { JsonBytes } from '../protocol.ts';
import { publishComm } from './comm.ts';
import type { Execution, Kernel } from './kernel.ts';

/** Publishes, answers or records one event of the cell process. */
export function cellEvent(kernel: Kernel, event: CellEvent, buffers: readonly Uint8Array[]): void {
  // `ready`, `exit`, `broken`, `log` and `live_answer`: create-cell-process.ts keeps them.
  if (!('execution' in event)) return;
  const execution = kernel.executions.find(event.execution);
  const parent = execution?.parent;
  switch (event.type) {
    case 'stream':
      kernel.publish(parent, 'stream', { name: event.name, text: event.text });
      break;
    case 'display': {
      const { metadata, displayId } = event;
      const [data, own] = dataOf(event, buffers);
      const transient = displayId === undefined ? {} : { display_id: displayId };
      const type = event.update === true ? 'update_display_data' : 'display_data';
      kernel.publish(parent, type, { data, metadata, transient }, { buffers: own });
      break;
    }
    case 'result': {
      const { metadata } = event;
      const [data] = dataOf(event, buffers);
      if (execution === undefined || execution.silent) return;
      const plain = event.data['text/plain'];
      if (typeof plain === 'string') execution.output = plain;
      kernel.publish(parent, 'execute_result', { execution_count: execution.count, data, metadata });
      break;
    }
    case 'clear':
      kernel.publish(parent, 'clear_output', { wait: event.wait });
      break;
    case 'late_error':
      kernel.publish(parent, 'error', event.error);
      break;
    case 'comm_open':
    case 'comm_msg':
    case 'comm_close':
      publishComm(kernel, event, parent, ...dataOf(event, buffers));
      break;
    case 'comm_done':
      kernel.comms.done(event.execution);
      break;
    case 'payload':
      execution?.payload.push(event.payload);
      return;
    case 'diagnostics':
      kernel.language.mode = event.mode;
      return;
    case 'alive':
      // A server takes any message of a cell for activity. While a cell runs, busy keeps it from culling.
      if (!kernel.queue.busy) kernel.publish(parent, 'status', { execution_state: 'idle' });
      return;
    case 'ask':
      answerQuestion(kernel, event, execution);
      break;
    case 'done':
    case 'beside_done':
      return; // Never arrives here: create-cell-process.ts keeps it (see EventSink).
    default:
      event satisfies never;
  }
}

/** An event's data, and the buffers that are its own. */
function dataOf<Data>(
  { data, dataApart }: { readonly data: Data; readonly dataApart?: true },
  buffers: readonly Uint8Array[],
): readonly [Data | JsonBytes, readonly Uint8Array[]] {
  const [json, ...own] = buffers;
  return dataApart && json ? [new JsonBytes(json), own] : [data, buffers];
}

function answerQuestion(kernel: Kernel, event: Ask, execution: Execution | undefined): void {
  const { question } = event;
  switch (question.kind) {
    case 'input':
      kernel.input.ask(event, question, execution);
      break;
    case 'compile':
      answerWith(kernel, event, async () => (await kernel.compiler()).module(question.path, question.source));
      break;
    case 'scope':
      answerWith(kernel, event, async () => (await kernel.compiler()).text(question.text, question.bound));
      break;
    case 'function':
      answerWith(kernel, event, async () => (await kernel.compiler()).functionText(question.place));
      break;
    case 'history':
      answerWith(kernel, event, async () => {
        const entries = await kernel.history.tail(question.n, false);
        return entries.map(([, , source]) => source);
      });
      break;
    case 'file':
      answerWith(kernel, event, async () => (await kernel.readFile?.(question.path)) ?? null);
      break;
    case 'script':
      answerWith(kernel, event, async () => kernel.debug?.script(question.script));
      break;
    default:
      question satisfies never;
  }
}

function answerWith(kernel: Kernel, { id }: Ask, work: () => Promise<unknown>): void {
  work().then(
    (value) => kernel.cellProcess.answer(id, { value }),
    (error: unknown) =>
      kernel.cellProcess.answer(id, { error: error instanceof Error ? error.message : String(error) }),
  );
}
