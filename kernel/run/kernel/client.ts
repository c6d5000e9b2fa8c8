// Runs this package's kernel behind JupyterLab's KernelConnection, as a front end would, but without a server.

import type { Kernel } from '@jupyterlab/services';
import { v4 as uuid } from 'uuid';
import { type KernelSettings, startProcess } from './launch.ts';

/** A started kernel and the client connected to it. */
export interface RunningKernel {
  readonly client: Kernel.IKernelConnection;
  /** Rejects with a sentence when the kernel's process ends; never resolves. */
  readonly ended: Promise<never>;
  /** Shuts the kernel down in order, at most once; leaves no process and no file. */
  close(): Promise<void>;
  /** The same, but at once and by force. */
  kill(): void;
}

/** Starts a kernel and connects. @throws a sentence if the kernel ends before it answers. */
export async function startKernel(
  settings: KernelSettings & { readonly signal?: AbortSignal },
): Promise<RunningKernel> {
  // In parallel: the process starts while the client's library and ZeroMQ load here.
  const loading = Promise.all([import('@jupyterlab/services'), import('./socket.ts')]);
  const kernel = await startProcess(settings);
  try {
    const [{ KernelConnection, KernelMessage, ServerConnection }, { serializer, socketClass }] = await loading;
    const session = uuid();
    const serverSettings = ServerConnection.makeSettings({
      baseUrl: 'http://localhost/',
      WebSocket: socketClass(kernel.connection, session, 'runner'),
      serializer,
      fetch: () => Promise.reject(new Error('there is no server behind this kernel')),
    });
    const control = (type: 'interrupt_request' | 'shutdown_request', content: object) =>
      client.sendControlMessage(
        KernelMessage.createMessage({
          msgType: type as never,
          channel: 'control',
          session,
          username: 'runner',
          content: content as never,
        }),
        true,
      ).done as Promise<unknown>;
    const client: Kernel.IKernelConnection = new KernelConnection({
      model: { id: session, name: 'cokernel' },
      clientId: session,
      username: 'runner',
      serverSettings,
      kernelAPIClient: withoutServer(serverSettings, async () => void (await control('interrupt_request', {}))),
      // Nobody could click on a widget here, and there are no targets for the kernel's comms.
      handleComms: false,
    });
    try {
      await Promise.race([client.info, kernel.ended, aborted(settings.signal)]);
    } catch (error) {
      // Its sockets would keep this process for ever.
      client.dispose();
      throw error;
    }
    let closing: Promise<void> | undefined;
    const close = async () => {
      await kernel.end(() => control('shutdown_request', { restart: false }).catch(() => {}));
      client.dispose();
    };
    return {
      client,
      ended: kernel.ended,
      kill: () => kernel.kill(),
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    kernel.kill();
    throw error;
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal?.aborted) reject(signal.reason);
  signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

/** Replaces the server's part for the client; most of it does not exist without a server. */
function withoutServer(
  serverSettings: Kernel.IKernelAPIClient['serverSettings'],
  interrupt: () => Promise<void>,
): Kernel.IKernelAPIClient {
  const refuse = () => Promise.reject(new Error('the runner has one kernel and starts and ends it itself'));
  return {
    serverSettings,
    interrupt,
    listRunning: async () => [],
    getModel: async () => undefined,
    startNew: refuse,
    restart: refuse,
    shutdown: refuse,
  };
}
