// Starts a kernel as Jupyter would, from its kernelspec, and asks it one question, for the doctor.
// A complete client is in run/kernel.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kernelspec } from '../install/kernelspec.ts';
import { parseConnection } from '../wire/connection.ts';
import { clientOptions, freshKeys } from '../wire/encryption.ts';
import { createEnvelope } from '../wire/message.ts';
import { freePorts } from '../wire/ports.ts';
import { createSigner } from '../wire/signature.ts';

const PATIENCE_MS = 20_000;
const FAREWELL_MS = 5_000;

/** What a kernel answered, and how long after its start. */
export interface Probe {
  readonly answer: string;
  readonly milliseconds: number;
}

/**
 * Starts the kernel, evaluates `question` (an expression) in it, and ends it.
 * @throws a sentence with what the kernel printed if it ends early, answers with an error, or not within 20 s.
 */
export async function probe(spec: Kernelspec, question: string): Promise<Probe> {
  const folder = mkdtempSync(join(tmpdir(), 'cokernel-doctor-'));
  try {
    const connection = { transport: 'tcp', ip: '127.0.0.1', key: randomUUID(), signature_scheme: 'hmac-sha256' };
    // If the doctor is killed, the kernel ends and removes the folder.
    const keys = isEncrypted(spec) ? await freshKeys() : {};
    const text = JSON.stringify({ ...connection, ...(await ports()), ...keys, own_folder: true });
    const file = join(folder, 'connection.json');
    writeFileSync(file, text, { mode: 0o600 });
    const began = performance.now();
    const kernel = start(spec, file, folder);
    const over = new AbortController();
    try {
      const answer = await Promise.race([ask(text, question, over.signal), kernel.ended, tooLate()]);
      const milliseconds = performance.now() - began;
      return { answer, milliseconds };
    } finally {
      await farewell(text, kernel.process, over);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An older version of this package does not know the keys. */
function isEncrypted({ metadata }: Kernelspec): boolean {
  const { supported_encryption: kinds } = metadata;
  return Array.isArray(kinds) && kinds.includes('curve');
}

async function ports(): Promise<Record<string, number>> {
  const names = ['shell', 'iopub', 'stdin', 'control', 'hb'];
  const free = await freePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [`${name}_port`, free[index] as number]));
}

function start(spec: Kernelspec, file: string, cwd: string): { process: ChildProcess; ended: Promise<never> } {
  const [program, ...args] = spec.argv.map((part) => part.replaceAll('{connection_file}', file));
  // By this number the kernel notices if the doctor is killed, and ends.
  const env = { ...process.env, ...spec.env, JPY_PARENT_PID: String(process.pid) };
  const child = spawn(program ?? '', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed = (printed + chunk).slice(-4000);
    });
  }
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new Error(`it could not be started: ${error.message}`)));
    child.once('close', (code, signal) =>
      reject(
        new Error(
          `it ended at once (${signal ?? `exit code ${code}`}):\n${printed.trimEnd() || '(it printed nothing)'}`,
        ),
      ),
    );
  });
  // It also rejects at the farewell, when nobody waits for it any more.
  ended.catch(() => {});
  return { process: child, ended };
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`it did not answer within ${PATIENCE_MS / 1000} s.`)), PATIENCE_MS).unref();
  });
}

/** Asks on the shell channel alone: its reply is received without a subscription. */
async function ask(connectionText: string, question: string, over: AbortSignal): Promise<string> {
  const content = { code: '', silent: true, user_expressions: { answer: question }, allow_stdin: false };
  const reply = await exchange(connectionText, 'shell', 'execute_request', content, over);
  const answer = (reply.user_expressions as Record<string, Answer> | undefined)?.answer;
  if (answer?.status === 'ok') return String(answer.data?.['text/plain'] ?? '');
  throw new Error(`it answered with an error: ${answer?.evalue ?? reply.evalue ?? JSON.stringify(reply)}`);
}

interface Answer {
  readonly status: string;
  readonly evalue?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Sends one request and resolves to the content of its reply. */
async function exchange(
  connectionText: string,
  channel: 'shell' | 'control',
  type: string,
  content: object,
  over: AbortSignal,
) {
  const { addresses, hash, key, curve } = parseConnection(connectionText);
  // Loaded here, so that `install` and `--help` need no native module.
  const { Dealer } = await import('zeromq');
  over.throwIfAborted();
  const socket = new Dealer({ linger: 0, reconnectInterval: 10, ...clientOptions(curve) });
  const envelope = createEnvelope(createSigner(hash, key), randomUUID(), 'doctor');
  // A socket that waits for a message keeps this process alive.
  over.addEventListener('abort', () => socket.close());
  try {
    socket.connect(addresses[channel]);
    const { frames, id } = envelope.seal({ type, content });
    await socket.send(frames);
    for await (const received of socket) {
      const message = envelope.open(received, channel);
      if (message.parentHeader.msg_id === id) return message.content;
    }
    throw new Error('its connection was closed.');
  } finally {
    socket.close();
  }
}

/** Asks the kernel to end, and kills it if it does not. */
async function farewell(connectionText: string, child: ChildProcess, over: AbortController): Promise<void> {
  try {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      await end(connectionText, child, over.signal);
  } finally {
    over.abort();
  }
}

async function end(connectionText: string, child: ChildProcess, over: AbortSignal): Promise<void> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), FAREWELL_MS).unref());
  exchange(connectionText, 'control', 'shutdown_request', { restart: false }, over).catch(() => {});
  if ((await Promise.race([closed, late])) !== 'late') return;
  child.kill('SIGKILL');
  await closed;
}
