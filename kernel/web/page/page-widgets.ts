// Widgets in a live page: ipywidgets' own models and views, with the worker at the other end of their comms. Loaded when a
// cell makes its first widget. Code of a widget's own (anywidget) is a text that the page would have to run, which its policy
// forbids: such a widget is shown as text.

import * as base from '@jupyter-widgets/base';
import { ManagerBase } from '@jupyter-widgets/base-manager';
import * as controls from '@jupyter-widgets/controls';
import { Widget as LuminoWidget } from '@lumino/widgets';
import type { CommDown, CommUp } from '../../../runtime/events.ts';
import type { Output } from '../../run/notebook/notebook.ts';
import { outputToHtml } from '../../run/page/output.ts';
import { boxOf, nodesOf, placeOf } from './clean-element.ts';
import { playFigures } from './page-figures.ts';
import { markdownIn } from './page-markdown.ts';

/** Sends a message of a comm to the worker, and returns the execution that its handlers run in. */
export type SendComm = (message: Omit<CommDown, 'execution'>, buffers: readonly Uint8Array[]) => number;

/** The widgets of a page. */
export interface PageWidgets {
  /** Takes what the worker says on a comm. */
  take(event: CommUp, buffers: readonly Uint8Array[]): void;
  /** The handlers of that execution have returned. */
  done(execution: number): void;
  /** Shows a widget in an element of the page; rejects where the page cannot. */
  show(id: string, element: HTMLElement): Promise<void>;
  /** The worker is gone: what is shown stays as it stands. */
  lost(): void;
}

type Data = Parameters<base.IClassicComm['send']>[0];
type Heard = Parameters<Parameters<base.IClassicComm['on_msg']>[0]>[0];

/** One end of a comm. */
class PageComm implements base.IClassicComm {
  readonly comm_id: string;
  readonly target_name: string;
  private readonly tell: SendComm;
  private readonly waiting: Map<number, base.ICallbacks>;
  private heard: (message: Heard) => void = () => {};
  private closed: (message: Heard) => void = () => {};

  constructor({ commId, targetName = '' }: CommUp, tell: SendComm, waiting: Map<number, base.ICallbacks>) {
    this.comm_id = commId;
    this.target_name = targetName;
    this.tell = tell;
    this.waiting = waiting;
  }

  open(): string {
    throw new Error('the page opens no comms');
  }

  send(
    data: Data,
    callbacks: base.ICallbacks = {},
    _metadata?: unknown,
    buffers: (ArrayBuffer | ArrayBufferView)[] = [],
  ) {
    const bytes = buffers.map((one) =>
      ArrayBuffer.isView(one)
        ? new Uint8Array(one.buffer as ArrayBuffer, one.byteOffset, one.byteLength)
        : new Uint8Array(one),
    );
    const execution = this.tell({ type: 'comm_msg', commId: this.comm_id, data }, bytes);
    this.waiting.set(execution, callbacks);
    return String(execution);
  }

  close(): string {
    return String(this.tell({ type: 'comm_close', commId: this.comm_id, data: {} }, []));
  }

  on_msg(call: (message: Heard) => void): void {
    this.heard = call;
  }

  on_close(call: (message: Heard) => void): void {
    this.closed = call;
  }

  take(event: CommUp, buffers: readonly Uint8Array[]): void {
    const message = messageOf(event, buffers);
    if (event.type === 'comm_close') this.closed(message);
    else this.heard(message);
  }
}

function messageOf(
  { commId, targetName, data, metadata = {}, execution }: CommUp,
  buffers: readonly Uint8Array[],
): Heard {
  const content = { comm_id: commId, data: data ?? {}, ...(targetName !== undefined && { target_name: targetName }) };
  // An echo is known by the message that caused it; see send.
  const parent_header = { msg_id: String(execution) };
  const views = buffers.map(
    ({ buffer, byteOffset, byteLength }) => new DataView(buffer as ArrayBuffer, byteOffset, byteLength),
  );
  return { content, metadata, parent_header, buffers: views } as unknown as Heard;
}

/** What `output()` is in the page: it shows what the page's cells show, as they do. */
class OutputModel extends base.DOMWidgetModel {
  override defaults() {
    return { ...super.defaults(), _model_name: 'OutputModel', _view_name: 'OutputView', outputs: [] };
  }
}

class OutputView extends base.DOMWidgetView {
  override render(): void {
    this.listenTo(this.model, 'change:outputs', this.draw);
    this.draw();
  }

  private draw(): void {
    const outputs = this.model.get('outputs') as readonly Output[];
    const showing = { states: new Map(), markdown: markdownIn(() => this.draw()), markup: placeOf };
    this.el.replaceChildren(...boxOf(outputs.map((output) => outputToHtml(output, showing)).join('')).childNodes);
    playFigures(this.el);
  }
}

/** The view with markup that is cleaned before it is in the page. */
function clean<View extends typeof controls.HTMLView | typeof controls.HTMLMathView>(View: View): View {
  return class extends (View as typeof controls.HTMLView) {
    override update(): void {
      const { content } = this;
      // Its own update sets the markup of what is here.
      this.content = document.createElement('div');
      super.update();
      content.replaceChildren(...nodesOf(this.content.innerHTML));
      this.content = content;
    }
  } as unknown as View;
}

const MODULES: Readonly<Record<string, object>> = {
  '@jupyter-widgets/base': base,
  '@jupyter-widgets/controls': {
    ...controls,
    HTMLView: clean(controls.HTMLView),
    HTMLMathView: clean(controls.HTMLMathView),
  },
  '@jupyter-widgets/output': { OutputModel, OutputView },
};

class Manager extends ManagerBase {
  protected override async loadClass(
    name: string,
    module: string,
  ): Promise<typeof base.WidgetModel | typeof base.WidgetView> {
    const found = (MODULES[module] as Record<string, unknown> | undefined)?.[name];
    if (found === undefined) throw new Error(`a live page has no ${name} of ${module}`);
    return found as typeof base.WidgetModel;
  }

  protected override async _create_comm(): Promise<base.IClassicComm> {
    throw new Error('the page opens no comms');
  }

  protected override async _get_comm_info(): Promise<object> {
    return {};
  }
}

/** Makes the widgets of a page. */
export function createPageWidgets(tell: SendComm): PageWidgets {
  const manager = new Manager();
  const comms = new Map<string, PageComm>();
  const waiting = new Map<number, base.ICallbacks>();
  return {
    take(event, buffers) {
      if (event.type !== 'comm_open') return comms.get(event.commId)?.take(event, buffers);
      const comm = new PageComm(event, tell, waiting);
      comms.set(event.commId, comm);
      // What cannot be made is shown as text, by who shows it.
      manager.handle_comm_open(comm, messageOf(event, buffers) as never).catch(() => {});
    },
    done(execution) {
      const message = { content: { execution_state: 'idle' } };
      waiting.get(execution)?.iopub?.status?.(message as never);
      waiting.delete(execution);
    },
    async show(id, element) {
      const view = await manager.create_view(await manager.get_model(id));
      if (view instanceof base.ErrorWidgetView || !element.isConnected) throw new Error('it cannot be shown');
      LuminoWidget.attach(view.luminoWidget, element);
    },
    lost() {
      manager.disconnect();
      comms.clear();
      waiting.clear();
    },
  };
}
