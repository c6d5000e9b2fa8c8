// The connection file: where to listen and which key to sign with. A file that cannot be used is refused in a sentence.

import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CurveKeys } from './encryption.ts';

const PORTS = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const;

export type SocketName = (typeof PORTS)[number];

export interface Connection {
  /** ZeroMQ address of each socket. */
  readonly addresses: Readonly<Record<SocketName, string>>;
  /** Files to remove at the end: those of ipc addresses, and the connection file if nobody else removes it. */
  readonly files: readonly string[];
  /** Folder to remove after them, if the connection file is in a folder made for this kernel alone. */
  readonly folder: string | undefined;
  /** Empty: messages are not signed. */
  readonly key: string;
  /** Undefined: nothing is encrypted. */
  readonly curve: CurveKeys | undefined;
  /** A hash of node:crypto, such as `sha256`. */
  readonly hash: string;
  /** The session id that the server tells the kernel to use, if any. */
  readonly session: string | undefined;
}

/** Reads and checks a connection file. Throws a sentence that says which file, what was expected and what was found. */
export function readConnection(path: string): Connection {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new Error(`connection file ${path}: ${reason}. Start the kernel through Jupyter, which writes this file.`);
  }
  try {
    return parseConnection(text, path);
  } catch (error) {
    throw new Error(`connection file ${path}: ${(error as Error).message}`);
  }
}

/**
 * Parses the text of a connection file; `path` is where it is. Throws if it cannot be used.
 * `own_folder: true`, a field of our own, says that the file's folder was made for this kernel alone: its maker may be
 * killed, and then only the kernel can remove it.
 */
export function parseConnection(text: string, path?: string): Connection {
  const fields = parseObject(text);
  const own = fields.own_folder === true ? path : undefined;
  const missing = ['ip', ...PORTS.map((name) => `${name}_port`)].filter((name) => fields[name] === undefined);
  if (missing.length > 0) throw new Error(`${missing.join(', ')} missing`);
  const transport = fields.transport ?? 'tcp';
  if (transport !== 'tcp' && transport !== 'ipc') {
    throw new Error(`transport should be "tcp" or "ipc", found ${JSON.stringify(transport)}`);
  }
  if (typeof fields.ip !== 'string') throw new Error(`ip should be a string, found ${JSON.stringify(fields.ip)}`);
  const ip = fields.ip;
  const key = fields.key ?? '';
  if (typeof key !== 'string') throw new Error(`key should be a string, found ${JSON.stringify(key)}`);
  const endpoint = (name: SocketName) => `${ip}${transport === 'tcp' ? ':' : '-'}${port(fields, name)}`;
  return {
    addresses: Object.fromEntries(PORTS.map((name) => [name, `${transport}://${endpoint(name)}`])) as Record<
      SocketName,
      string
    >,
    files: [...(transport === 'ipc' ? PORTS.map(endpoint) : []), ...(own === undefined ? [] : [own])],
    folder: own === undefined ? undefined : dirname(own),
    key,
    curve: curveOf(fields),
    hash: hashOf(fields.signature_scheme ?? 'hmac-sha256'),
    session: typeof fields.jupyter_session === 'string' && fields.jupyter_session ? fields.jupyter_session : undefined,
  };
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it should hold JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it should hold an object');
  return value as Record<string, unknown>;
}

function port(fields: Record<string, unknown>, name: SocketName): number {
  const value = fields[`${name}_port`];
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new Error(`${name}_port should be a whole number from 1 to 65535, found ${JSON.stringify(value)}`);
  }
  return value;
}

/** Both keys or none, in Z85, as jupyter_client 8.9 and newer writes them where transport_encryption says so. */
function curveOf(fields: Record<string, unknown>): CurveKeys | undefined {
  const names = ['curve_publickey', 'curve_secretkey'] as const;
  const [publicKey, secretKey] = names.map((name) => fields[name] ?? undefined);
  if (publicKey === undefined && secretKey === undefined) return undefined;
  for (const [index, key] of [publicKey, secretKey].entries()) {
    // Not the key itself: what is wrong with it goes to a log.
    if (typeof key === 'string' && /^[\x21-\x7e]{40}$/.test(key)) continue;
    const found = typeof key === 'string' ? `${key.length} characters` : typeof key;
    throw new Error(`${names[index]} should be a CURVE key of 40 characters (Z85), found ${found}`);
  }
  return { publicKey: publicKey as string, secretKey: secretKey as string };
}

/** Python's names of hashes that have another name in OpenSSL, and so in node:crypto. */
const PYTHON_NAMES: Readonly<Record<string, string>> = { blake2b: 'blake2b512', blake2s: 'blake2s256' };

function hashOf(scheme: unknown): string {
  const hash = typeof scheme === 'string' && scheme.startsWith('hmac-') ? scheme.slice('hmac-'.length) : '';
  const names = [hash, PYTHON_NAMES[hash.toLowerCase()] ?? hash.replaceAll('_', '-')];
  const known = names.find(hasHmac);
  if (known === undefined) {
    throw new Error(`signature_scheme should be hmac-<hash>, such as hmac-sha256, found ${JSON.stringify(scheme)}`);
  }
  return known;
}

/** Whether an HMAC can be made with this hash: with some, such as shake128, it cannot. */
function hasHmac(hash: string): boolean {
  try {
    createHmac(hash, '');
    return true;
  } catch {
    return false;
  }
}
