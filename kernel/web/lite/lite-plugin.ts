// JupyterLite's plugin: offers the kernel, and passes its interrupts on. The bundle is a container of webpack's module
// federation, as JupyterLab loads extensions (`init` and `get`), written by hand: it takes two packages from the page.

import { once } from '../once.ts';
import type { PageWorker } from '../worker-child.ts';
import type { LiteApplication, LiteKernel, LiteKernelOptions, LitePlugin } from './jupyterlite.ts';
import type { KernelInPage, StartLiteKernel } from './kernel-in-page.ts';

/** The name of the extension, and of its container. */
const EXTENSION = 'jupyterlite-cokernel';
const KERNEL = 'cokernel';
const DISPLAY_NAME = 'TypeScript (cokernel)';

/** A package that the page shares, by its versions. */
type Shared = Readonly<Record<string, { get(): Promise<() => unknown> }>>;
/** The packages that the page shares. */
type ShareScope = Readonly<Record<string, Shared | undefined>>;

/** Where this script lies; its other files are beside it. */
const base = (document.currentScript as HTMLScriptElement).src;
const beside = (name: string) => new URL(name, base);

const loaded = {
  kernel: once(() => import(beside('kernel.js').href) as Promise<{ readonly startLiteKernel: StartLiteKernel }>),
  parser: once(() => WebAssembly.compileStreaming(fetch(beside('oxc.wasm')))),
  player: once(async () => (await fetch(beside('player.js'))).text()),
};

let shared: ShareScope = {};

async function taken<Package>(name: string): Promise<Package> {
  const [found] = Object.values(shared[name] ?? {});
  if (found === undefined) throw new Error(`${EXTENSION}: the page was expected to share ${name}`);
  return (await found.get())() as Package;
}

interface Services {
  readonly IKernelSpecs: unknown;
  readonly IKernelClient: unknown;
}

interface Signaling {
  readonly Signal: { new (sender: unknown): { emit(args: unknown): void }; clearData(sender: unknown): void };
}

async function plugins(): Promise<readonly LitePlugin[]> {
  // JupyterLab, which loads the extensions of the same environment, has a server with kernels.
  if (shared['@jupyterlite/services'] === undefined) return [];
  const { IKernelSpecs, IKernelClient } = await taken<Services>('@jupyterlite/services');
  const signaling = await taken<Signaling>('@lumino/signaling');
  return [
    {
      id: `${EXTENSION}:kernel`,
      description: 'A TypeScript kernel made to teach coroutines',
      autoStart: true,
      requires: [IKernelSpecs, IKernelClient],
      activate(app, specs, client) {
        const kernels = new Map<string, KernelInPage>();
        specs.register({
          spec: {
            name: KERNEL,
            display_name: DISPLAY_NAME,
            language: 'typescript',
            argv: [],
            metadata: {},
            resources: { 'logo-svg': beside('logo-svg.svg').href, 'logo-64x64': beside('logo-64x64.png').href },
          },
          // Where its files cannot be fetched, JupyterLab says so.
          create: async (options) => kernelOf(options, await startIn(app, options), signaling, kernels),
        });
        // JupyterLite tells no kernel of it, and gives up what it has queued itself.
        const queued = client.interrupt.bind(client);
        client.interrupt = async (id) => {
          const kernel = kernels.get(id);
          if (kernel === undefined) return queued(id);
          await kernel.interrupt();
        };
      },
    },
  ];
}

function kernelOf(
  { id, name, location }: LiteKernelOptions,
  running: KernelInPage,
  { Signal }: Signaling,
  kernels: Map<string, KernelInPage>,
): LiteKernel {
  kernels.set(id, running);
  let isDisposed = false;
  const kernel: LiteKernel = {
    id,
    name,
    location,
    ready: Promise.resolve(),
    get isDisposed() {
      return isDisposed;
    },
    disposed: undefined,
    handleMessage: async (message) => running.deliver(message),
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      if (kernels.get(id) === running) kernels.delete(id);
      void running.end();
      signal.emit(undefined);
      Signal.clearData(kernel);
    },
  };
  const signal = new Signal(kernel);
  return Object.defineProperty(kernel, 'disposed', { value: signal });
}

async function startIn(app: LiteApplication, { id, location, sendMessage }: LiteKernelOptions): Promise<KernelInPage> {
  const [{ startLiteKernel }, parser, player] = await Promise.all([loaded.kernel(), loaded.parser(), loaded.player()]);
  return startLiteKernel({
    id,
    location,
    send: sendMessage,
    newWorker: () => new Worker(beside('worker.js'), { type: 'module' }) as unknown as PageWorker,
    parser,
    player,
    isolated: crossOriginIsolated,
    readFile: (path) => textOf(app, path),
    files: new URL('files/', pageRoot()),
    log: (line) => console.info(`[cokernel] ${line}`),
  });
}

async function textOf(app: LiteApplication, path: string): Promise<string | undefined> {
  const file = await app.serviceManager.contents
    .get(path, { content: true, type: 'file', format: 'text' })
    .catch(() => undefined);
  if (file === undefined || file.content === null || file.content === undefined) return undefined;
  return typeof file.content === 'string' ? file.content : JSON.stringify(file.content);
}

/** The root of the site: extensions lie in `extensions/NAME/static/`. */
function pageRoot(): string {
  return new URL('../../../', base).href;
}

const page = globalThis as { _JUPYTERLAB?: Record<string, unknown> };
page._JUPYTERLAB ??= {};
page._JUPYTERLAB[EXTENSION] = {
  init(scope: ShareScope) {
    shared = scope;
  },
  async get(module: string) {
    if (module !== './extension') throw new Error(`${EXTENSION} has no ${module}`);
    const made = await plugins();
    return () => ({ __esModule: true, default: made });
  },
};
