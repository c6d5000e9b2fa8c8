// A Jupyter client for tests: speaks the protocol over real ZeroMQ, starts kernels, and collects all that a request
// causes.

import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dealer, Subscriber } from 'zeromq';
import { nodeFlags } from '../kernel/install/kernelspec.ts';
import { clientOptions } from '../kernel/wire/encryption.ts';

/** A message as the client received it. Its content is not checked here: tests look at what they need. */
export interface Received {
  readonly header: { readonly msg_id: string; readonly msg_type: string; readonly session: string } & Json;
  readonly parent_header: Json;
  readonly metadata: Json;
  // biome-ignore lint/suspicious/noExplicitAny: tests read contents freely, and fail if they are not as expected
  readonly content: any;
  readonly buffers: readonly Uint8Array[];
  /** Everything before the delimiter: identities or topic. */
  readonly prefix: readonly Uint8Array[];
  readonly channel: ClientChannel;
}

type Json = Record<string, unknown>;
export type ClientChannel = 'shell' | 'control' | 'stdin' | 'iopub';

/** All that one request caused: complete when both the reply and the idle status have arrived. */
export interface Exchange {
  readonly reply: Received;
  /** The iopub messages whose parent is the request, without busy and idle. */
  readonly outputs: readonly Received[];
  /** All iopub messages whose parent is the request, in order. */
  readonly iopub: readonly Received[];
}

export interface ConnectionInfo {
  readonly transport: 'tcp' | 'ipc';
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: string;
  readonly curve_publickey?: string;
  readonly curve_secretkey?: string;
  readonly [extra: string]: unknown;
}

const open = new Set<() => void>();

/** For `afterEach`: closes the clients and kills the kernels that a failed test left, so that the test run can end. */
export function cleanUp(): void {
  for (const close of open) close();
  open.clear();
}

/** Connection details with ports that are free at the moment. */
export async function freeConnection(over: Partial<ConnectionInfo> = {}): Promise<ConnectionInfo> {
  const ports = over.transport === 'ipc' ? [1, 2, 3, 4, 5] : await freePorts(5);
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports as [number, number, number, number, number];
  const sockets = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const signing = { key: randomUUID(), signature_scheme: 'hmac-sha256' };
  return { transport: 'tcp', ip: '127.0.0.1', ...sockets, ...signing, kernel_name: 'typescript', ...over };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => {
      const server = createServer();
      return new Promise<typeof server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

export interface SendOptions {
  readonly channel?: 'shell' | 'control' | 'stdin';
  readonly metadata?: Json;
  readonly buffers?: readonly Uint8Array[];
  readonly header?: Json;
  readonly parent?: Json;
}

/** One client of a kernel. */
export interface Client {
  readonly session: string;
  /** Every message that came, in order. */
  readonly received: readonly Received[];
  /** Signs and sends; returns the message id. */
  send(type: string, content?: Json, options?: SendOptions): string;
  /** Sends frames unchanged. */
  sendRaw(frames: readonly (Uint8Array | string)[], channel?: 'shell' | 'control' | 'stdin'): void;
  /** The frames that `send` would send. */
  frames(type: string, content?: Json, options?: SendOptions): { id: string; frames: Uint8Array[] };
  /** Resolves with the first message that fits, whether received before or later. Rejects after `milliseconds` (30,000). */
  until(fits: (message: Received) => boolean, milliseconds?: number): Promise<Received>;
  /** Sends a request, and resolves when both its reply and its idle have arrived. */
  request(type: string, content?: Json, options?: SendOptions): Promise<Exchange>;
  /** Resolves with all that an earlier request caused. */
  finished(id: string, milliseconds?: number): Promise<Exchange>;
  execute(code: string, options?: Json): Promise<Exchange>;
  /** Answers input_requests from now on. */
  onInput(answer: (request: Received) => string | undefined): void;
  connectStdin(): void;
  close(): void;
}

/** Connects, and resolves when the kernel's welcome on iopub and the reply to kernel_info have arrived. */
export async function connect(
  info: ConnectionInfo,
  options: { readonly identity?: string; readonly stdin?: 'later' } = {},
): Promise<Client> {
  const client = createClient(info, options.identity ?? randomUUID(), options.stdin);
  await client.until(({ header }) => header.msg_type === 'iopub_welcome');
  await client.request('kernel_info_request');
  return client;
}

/** A client that does not wait for the kernel. With `later` its stdin is connected by connectStdin only. */
export function createClient(info: ConnectionInfo, identity: string, stdin?: 'later'): Client {
  const session = randomUUID();
  const address = (port: number) => `${info.transport}://${info.ip}${info.transport === 'tcp' ? ':' : '-'}${port}`;
  const { curve_publickey: publicKey, curve_secretkey: secretKey } = info;
  const curve = clientOptions(publicKey && secretKey ? { publicKey, secretKey } : undefined);
  const dealer = () => new Dealer({ routingId: identity, linger: 0, ...curve });
  const sockets = {
    shell: dealer(),
    control: dealer(),
    stdin: dealer(),
    iopub: new Subscriber({ linger: 0, receiveHighWaterMark: 0, ...curve }),
  };
  const connectStdin = () => sockets.stdin.connect(address(info.stdin_port));
  sockets.shell.connect(address(info.shell_port));
  sockets.control.connect(address(info.control_port));
  if (stdin === undefined) connectStdin();
  sockets.iopub.connect(address(info.iopub_port));
  sockets.iopub.subscribe('');
  const received: Received[] = [];
  const watchers = new Set<(message: Received) => void>();
  let sending: Promise<unknown> = Promise.resolve();
  let counter = 0;
  let answerInput: ((request: Received) => string | undefined) | undefined;
  const sign = (parts: readonly Uint8Array[]) => {
    if (info.key === '') return '';
    const hmac = createHmac(info.signature_scheme.replace('hmac-', ''), info.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest('hex');
  };
  const read = async (channel: ClientChannel) => {
    for await (const frames of sockets[channel]) {
      const message = parse(frames, channel, sign);
      received.push(message);
      for (const watch of [...watchers]) watch(message);
      const value = message.header.msg_type === 'input_request' ? answerInput?.(message) : undefined;
      if (value !== undefined) client.send('input_reply', { value }, { channel: 'stdin', parent: message.header });
    }
  };
  const client: Client = {
    session,
    received,
    frames(type, content = {}, { metadata = {}, buffers = [], header = {}, parent = {} } = {}) {
      counter += 1;
      const id = `${session}_${counter}`;
      const date = new Date().toISOString();
      const head = { msg_id: id, session, username: 'test', date, msg_type: type, version: '5.4', ...header };
      const dicts = [head, parent, metadata, content].map((dict) => Buffer.from(JSON.stringify(dict)));
      return { id, frames: [Buffer.from('<IDS|MSG>'), Buffer.from(sign(dicts)), ...dicts, ...buffers] };
    },
    sendRaw(frames, channel = 'shell') {
      sending = sending.then(() => sockets[channel].send(frames as Uint8Array[])).catch(() => {});
    },
    send(type, content, options = {}) {
      const { id, frames } = client.frames(type, content, options);
      client.sendRaw(frames, options.channel);
      return id;
    },
    until(fits, milliseconds = 30_000) {
      return new Promise((resolve, reject) => {
        const look = (message: Received) => {
          if (!fits(message)) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(message);
        };
        const timer = setTimeout(() => {
          watchers.delete(look);
          const seen = received.slice(-8).map(({ header, content }) => `${header.msg_type} ${brief(content)}`);
          reject(new Error(`no such message within ${milliseconds} ms; the last were:\n${seen.join('\n')}`));
        }, milliseconds);
        watchers.add(look);
        const before = received.find(fits);
        if (before !== undefined) look(before);
      });
    },
    async finished(id, milliseconds) {
      const own = (message: Received) => message.parent_header.msg_id === id;
      const idle = (message: Received) =>
        own(message) && message.header.msg_type === 'status' && message.content.execution_state === 'idle';
      const replied = (message: Received) =>
        own(message) && (message.channel === 'shell' || message.channel === 'control');
      const [reply] = await Promise.all([client.until(replied, milliseconds), client.until(idle, milliseconds)]);
      const iopub = received.filter((message) => own(message) && message.channel === 'iopub');
      return { reply, iopub, outputs: iopub.filter(({ header }) => header.msg_type !== 'status') };
    },
    request: (type, content, options) => client.finished(client.send(type, content, options)),
    execute(code, options = {}) {
      const id = client.send('execute_request', { code, allow_stdin: answerInput !== undefined, ...options });
      return client.finished(id);
    },
    onInput(answer) {
      answerInput = answer;
    },
    connectStdin,
    close() {
      for (const socket of Object.values(sockets)) socket.close();
      open.delete(client.close);
    },
  };
  open.add(client.close);
  for (const channel of ['shell', 'control', 'stdin', 'iopub'] as const) void read(channel);
  return client;
}

function parse(frames: readonly Uint8Array[], channel: ClientChannel, sign: (parts: readonly Uint8Array[]) => string) {
  const at = frames.findIndex((frame) => Buffer.from(frame).toString('latin1') === '<IDS|MSG>');
  const dicts = frames.slice(at + 2, at + 6);
  const signature = Buffer.from(frames[at + 1] as Uint8Array).toString();
  if (signature !== sign(dicts)) throw new Error('the kernel sent a message with a wrong signature');
  const [header, parent_header, metadata, content] = dicts.map((dict) => JSON.parse(Buffer.from(dict).toString()));
  const buffers = frames.slice(at + 6).map((buffer) => new Uint8Array(buffer));
  return { header, parent_header, metadata, content, buffers, prefix: frames.slice(0, at), channel } as Received;
}

function brief(content: unknown): string {
  return JSON.stringify(content).slice(0, 200);
}

/** The stream text of some messages, joined. */
export function textOf(outputs: readonly Received[], name: 'stdout' | 'stderr' = 'stdout'): string {
  const streams = outputs.filter(({ header, content }) => header.msg_type === 'stream' && content.name === name);
  return streams.map(({ content }) => content.text).join('');
}

/** A kernel process of its own, and its first client. */
export interface KernelProcess {
  readonly client: Client;
  readonly info: ConnectionInfo;
  readonly pid: number;
  /** What the kernel has written to its log. */
  log(): string;
  /** Resolves with the exit code, or with the name of the signal. */
  readonly exited: Promise<number | string>;
  /** Shuts the kernel down in an orderly way and removes the files. */
  stop(): Promise<void>;
}

export interface KernelSettings {
  readonly connection?: Partial<ConnectionInfo>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly args?: readonly string[];
  readonly cwd?: string;
  /** The program; default: the built kernel, because that is what people run. */
  readonly entry?: string;
}

/** Starts the built kernel (npm run build), with its history in memory. */
export async function startKernelProcess(settings: KernelSettings = {}): Promise<KernelProcess> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(settings);
    } catch (error) {
      // Another test may have taken a port that was free; Jupyter's servers try again too.
      if (attempt === 3 || settings.connection || !String(error).includes('EADDRINUSE')) throw error;
    }
  }
}

async function startOnce(settings: KernelSettings): Promise<KernelProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-test-'));
  const ip = settings.connection?.transport === 'ipc' ? { ip: join(folder, 'kernel') } : {};
  const info = await freeConnection({ ...ip, ...settings.connection });
  const file = join(folder, 'connection.json');
  writeFileSync(file, JSON.stringify(info));
  const entry = settings.entry ?? join(import.meta.dirname, '..', 'dist', 'kernel', 'main.js');
  const child = spawn(process.execPath, [...nodeFlags, entry, file, ...(settings.args ?? [])], {
    cwd: settings.cwd ?? folder,
    // By its number the kernel notices that this process is gone, even if it went while the kernel was starting.
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      COKERNEL_HISTORY: ':memory:',
      JPY_PARENT_PID: String(process.pid),
      ...settings.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += String(text)));
  const exited = new Promise<number | string>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  open.add(kill);
  const early = exited.then((code) => {
    throw new Error(`the kernel exited with ${code} before it answered:\n${log}`);
  });
  early.catch(() => {});
  const client = await Promise.race([connect(info), early]);
  return {
    client,
    info,
    pid: child.pid as number,
    log: () => log,
    exited,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        client.send('shutdown_request', { restart: false }, { channel: 'control' });
        const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
        await exited;
        clearTimeout(killer);
      }
      client.close();
      open.delete(kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
