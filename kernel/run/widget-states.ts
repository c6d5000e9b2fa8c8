// Collects the state of the widgets that cells make, as nbclient does, for the notebook's metadata: pages that show the
// notebook without a kernel make the widgets of it.

import type { KernelMessage } from '@jupyterlab/services';
import { type Fields, isFields, type Notebook } from './notebook/notebook.ts';

/** The type under which the states lie in `metadata.widgets`. */
export const STATES = 'application/vnd.jupyter.widget-state+json';

/** The type of an output that shows a widget. */
export const VIEW = 'application/vnd.jupyter.widget-view+json';

/** The state of one widget as a notebook stores it. */
interface StoredWidget extends Fields {
  readonly model_name: unknown;
  readonly model_module: unknown;
  readonly model_module_version: unknown;
  readonly state: Fields;
  readonly buffers?: readonly StoredBuffer[];
}

interface StoredBuffer extends Fields {
  readonly data: string;
  readonly encoding: 'base64';
  readonly path: readonly unknown[];
}

/** The states of all widgets of a notebook. */
export interface WidgetStates {
  take(message: KernelMessage.IIOPubMessage): void;
  /** What belongs into `metadata.widgets`; undefined if there were no widgets. */
  stored(): Fields | undefined;
}

/** Collects the messages of one run. */
export function createWidgetStates(): WidgetStates {
  const states = new Map<string, Fields>();
  const buffers = new Map<string, Map<string, StoredBuffer>>();
  return {
    take({ header, content, buffers: bytes = [] }) {
      if (!header.msg_type.startsWith('comm_')) return;
      const { comm_id: id, data } = content as unknown as { comm_id: string; data: unknown };
      if (!isFields(data) || !isFields(data.state)) return;
      states.set(id, { ...states.get(id), ...data.state });
      const paths = Array.isArray(data.buffer_paths) ? data.buffer_paths : [];
      const known = buffers.get(id) ?? new Map<string, StoredBuffer>();
      paths.forEach((path: unknown[], at) => {
        const part = bytes[at];
        if (part !== undefined) known.set(JSON.stringify(path), { data: base64(part), encoding: 'base64', path });
      });
      buffers.set(id, known);
    },
    stored() {
      const widgets = [...states].filter(([, state]) => '_model_name' in state);
      if (widgets.length === 0) return undefined;
      const state = Object.fromEntries(widgets.map(([id, one]) => [id, storedWidget(one, buffers.get(id))]));
      return { [STATES]: { version_major: 2, version_minor: 0, state } };
    },
  };
}

function storedWidget(state: Fields, buffers: ReadonlyMap<string, StoredBuffer> | undefined): StoredWidget {
  const { _model_name, _model_module, _model_module_version } = state;
  return {
    model_name: _model_name,
    model_module: _model_module,
    model_module_version: _model_module_version,
    state,
    ...(buffers !== undefined && buffers.size > 0 && { buffers: [...buffers.values()] }),
  };
}

function base64(bytes: ArrayBuffer | ArrayBufferView): string {
  if (!ArrayBuffer.isView(bytes)) return Buffer.from(bytes).toString('base64');
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The states that a notebook stores, by model. */
export function storedStates({ metadata }: Notebook): ReadonlyMap<string, Fields> {
  const { widgets } = metadata;
  const stored = isFields(widgets) ? widgets[STATES] : undefined;
  const states = isFields(stored) && isFields(stored.state) ? stored.state : {};
  return new Map(
    Object.entries(states).flatMap(([id, widget]) =>
      isFields(widget) && isFields(widget.state) ? [[id, withBuffers(widget, widget.state)] as const] : [],
    ),
  );
}

/** Bytes on the first level of the state, where pictures have theirs, in base64. */
function withBuffers({ buffers }: Fields, state: Fields): Fields {
  const found = (Array.isArray(buffers) ? buffers : []) as readonly StoredBuffer[];
  const own = found.filter(({ path }) => Array.isArray(path) && path.length === 1);
  return { ...state, ...Object.fromEntries(own.map(({ path, data }) => [path[0], data])) };
}
