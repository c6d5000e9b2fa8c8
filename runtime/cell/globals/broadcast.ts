// Deno.jupyter.broadcast: a message on iopub, by its type and content, as far as a notebook has something to say there.

import { briefText, checkedBundle } from '../display/bundle.ts';
import type { CellPort } from '../output/port.ts';

type Content = Readonly<Record<string, unknown>>;

/** Sends a message of Jupyter's protocol to every front end, under the cell. */
export type Broadcast = (
  type: string,
  content: Content,
  extras?: { readonly metadata?: Content; readonly buffers?: readonly Uint8Array[] },
) => Promise<void>;

/** The types of messages that can be sent. */
const TYPES = ['display_data', 'update_display_data', 'clear_output', 'stream', 'comm_open', 'comm_msg', 'comm_close'];

/** Makes the function for a port. */
export function createBroadcast(port: CellPort): Broadcast {
  return async (type, content, { metadata = {}, buffers = [] } = {}) => {
    const execution = port.execution();
    switch (type) {
      case 'display_data':
      case 'update_display_data': {
        const displayId = idOf(content);
        const data = checkedBundle(content.data, `broadcast('${type}'): data`);
        const shown = { type: 'display', execution, data, metadata: (content.metadata ?? {}) as Content } as const;
        const update = type === 'update_display_data';
        return port.send({ ...shown, ...(displayId !== undefined && { displayId }), update }, buffers);
      }
      case 'clear_output':
        return port.send({ type: 'clear', execution, wait: content.wait === true });
      case 'stream': {
        const name = content.name === 'stderr' ? 'stderr' : 'stdout';
        return port.send({ type: 'stream', execution, name, text: String(content.text ?? '') });
      }
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close': {
        const { comm_id: commId, target_name: targetName, data = {} } = content;
        const message = { type, execution, commId: String(commId), data, metadata } as const;
        return port.send(targetName === undefined ? message : { ...message, targetName: String(targetName) }, buffers);
      }
      default:
        throw new TypeError(`broadcast: one of ${TYPES.join(', ')} was expected, got ${briefText(type)}.`);
    }
  };
}

function idOf({ transient }: Content): string | undefined {
  const id = (transient as { readonly display_id?: unknown } | undefined)?.display_id;
  return typeof id === 'string' ? id : undefined;
}
