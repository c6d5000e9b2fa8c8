// A host of files that can be as slow as a network: it compresses what it sends, counts it, and holds it back. What a
// browser emulates of a network leaves out what workers fetch; this does not.

import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};
const HEADERS = {
  'cache-control': 'max-age=3600',
  'content-encoding': 'gzip',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const PIECE = 8 * 1024;

/** A host. */
export interface SlowHost {
  readonly origin: string;
  /** Bits per second from now on, of all answers together; undefined: as fast as it can. */
  limit(bitsPerSecond: number | undefined): void;
  /** Counts anew. */
  countFrom(): void;
  /** Bytes sent since then, as they are on the wire, without headers. */
  sent(): number;
  close(): Promise<void>;
}

/** Serves folders, each under the start of a path, such as `/site/`. */
export async function openSlowHost(folders: Readonly<Record<string, string>>): Promise<SlowHost> {
  const packed = new Map<string, Buffer>();
  let rate: number | undefined;
  let sent = 0;
  let freeAt = 0;
  const contentOf = (pathname: string): Buffer | undefined => {
    const start = Object.keys(folders).find((prefix) => pathname.startsWith(prefix));
    if (start === undefined) return undefined;
    try {
      const content =
        packed.get(pathname) ?? gzipSync(readFileSync(join(folders[start] ?? '', pathname.slice(start.length))));
      packed.set(pathname, content);
      return content;
    } catch {
      return undefined;
    }
  };
  const send = async (content: Buffer, response: ServerResponse) => {
    for (let at = 0; at < content.length && !response.destroyed; at += PIECE) {
      const piece = content.subarray(at, at + PIECE);
      sent += piece.length;
      if (rate !== undefined) {
        // One line for all: a piece goes when those before it are through.
        freeAt = Math.max(freeAt, performance.now()) + (piece.length * 8000) / rate;
        await sleep(freeAt - performance.now());
      }
      response.write(piece);
    }
    response.end();
  };
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://host');
    const content = contentOf(pathname);
    if (content === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(pathname)] ?? 'text/plain', ...HEADERS });
    void send(content, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    limit(bitsPerSecond) {
      rate = bitsPerSecond;
    },
    countFrom() {
      sent = 0;
    },
    sent: () => sent,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
