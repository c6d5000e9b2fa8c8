// What is used of JupyterLite: the interfaces of @jupyterlite/services 0.8 (lib/kernel/tokens.d.ts, lib/kernel/client.js)
// and of JupyterLab's plugins, as far as a kernel needs them. Their packages are the page's own; nothing of them is bundled.

import type { Kernel, KernelMessage, KernelSpec } from '@jupyterlab/services';

/** A message, as a page has it. */
export type LiteMessage = KernelMessage.IMessage;

/** What a kernel is made with. */
export interface LiteKernelOptions {
  readonly id: string;
  readonly name: string;
  /** The folder of the notebook among the page's files: '', or `lessons`. */
  readonly location: string;
  readonly sendMessage: (message: LiteMessage) => void;
}

/** A kernel as JupyterLite has it. */
export interface LiteKernel {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly ready: Promise<void>;
  readonly isDisposed: boolean;
  readonly disposed: unknown;
  /** JupyterLite passes on one message at a time: the next waits until this has resolved. */
  handleMessage(message: LiteMessage): Promise<void>;
  dispose(): void;
}

/** Where kernels are registered. */
export interface LiteKernelSpecs {
  register(options: {
    readonly spec: KernelSpec.ISpecModel;
    readonly create: (options: LiteKernelOptions) => Promise<LiteKernel>;
  }): void;
}

/** What stands for a server's kernels. */
export type LiteKernelClient = Pick<Kernel.IKernelAPIClient, 'interrupt'>;

/** A file of the page, or the reason why there is none. */
export interface LiteContents {
  get(
    path: string,
    options: { readonly content: boolean; readonly type: 'file'; readonly format: 'text' },
  ): Promise<{ readonly content: unknown }>;
}

/** JupyterLab's application, as a plugin has it. */
export interface LiteApplication {
  readonly serviceManager: { readonly contents: LiteContents };
}

/** A plugin of JupyterLab. */
export interface LitePlugin {
  readonly id: string;
  readonly description: string;
  readonly autoStart: true;
  readonly requires: readonly unknown[];
  activate(app: LiteApplication, specs: LiteKernelSpecs, client: LiteKernelClient): void;
}
