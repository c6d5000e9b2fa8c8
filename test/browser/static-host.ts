// A folder of files as a plain static host serves it.

import { readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** With these a page can share memory with its workers. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** A host. */
export interface Host {
  readonly origin: string;
  /** It answers nothing from now on. */
  close(): Promise<void>;
}

/** Serves a folder; `isolated`: with the headers that isolate its pages from others. */
export async function serveFolder(folder: string, isolated = false): Promise<Host> {
  const server: Server = createServer(({ url = '/' }, response) => {
    const path = join(folder, decodeURIComponent(new URL(url, 'http://host').pathname));
    try {
      const file = statSync(path).isDirectory() ? join(path, 'index.html') : path;
      const headers = {
        'content-type': TYPES[extname(file)] ?? 'text/plain',
        'last-modified': statSync(file).mtime.toUTCString(),
        ...(isolated ? ISOLATED : {}),
      };
      response.writeHead(200, headers).end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
