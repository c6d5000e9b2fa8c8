// Turns iopub messages into a cell's outputs, as front ends do: consecutive texts of one stream are one output, a
// display is updated by its id in whichever cell it is, a cleared output is gone.

import type { KernelMessage } from '@jupyterlab/services';
import type { DisplayOutput, Fields, Output } from './notebook/notebook.ts';

/** Displays by id, across all cells of a notebook. */
export type Displays = Map<string, Set<DisplayOutput>>;

/** Takes the messages that a cell's execution publishes, in order. */
export interface Collector {
  readonly outputs: Output[];
  take(message: KernelMessage.IIOPubMessage): void;
}

/** Collects the outputs of one cell. */
export function createCollector(displays: Displays): Collector {
  const outputs: Output[] = [];
  let clearFirst = false;
  const add = (output: Output) => {
    if (clearFirst) outputs.length = 0;
    clearFirst = false;
    const last = outputs.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      last.text += output.text;
    } else outputs.push(output);
  };
  const show = (output: DisplayOutput, id: unknown) => {
    add(output);
    if (typeof id !== 'string') return;
    const shown = displays.get(id) ?? new Set();
    displays.set(id, shown.add(output));
  };
  const take = (message: KernelMessage.IIOPubMessage) => {
    const content = message.content as Fields;
    const { data, metadata } = content as { data: Fields; metadata: Fields };
    switch (message.header.msg_type) {
      case 'stream':
        return add({ output_type: 'stream', name: String(content.name), text: String(content.text) });
      case 'display_data':
        return show({ output_type: 'display_data', data, metadata }, displayId(content));
      case 'update_display_data':
        for (const output of displays.get(String(displayId(content))) ?? []) Object.assign(output, { data, metadata });
        return;
      case 'execute_result':
        return add({
          output_type: 'execute_result',
          execution_count: content.execution_count as number,
          data,
          metadata,
        });
      case 'error':
        return add({
          output_type: 'error',
          ename: String(content.ename),
          evalue: String(content.evalue),
          traceback: (content.traceback as string[]).map(String),
        });
      case 'clear_output':
        if (content.wait === true) clearFirst = true;
        else outputs.length = 0;
        return;
      default:
        return;
    }
  };
  return { outputs, take };
}

function displayId(content: Fields): unknown {
  return (content.transient as Fields | undefined)?.display_id;
}
