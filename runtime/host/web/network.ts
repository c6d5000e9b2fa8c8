// A browser gives programs no sockets.

import type * as Dns from 'node:dns';
import type * as Net from 'node:net';
import type * as Tls from 'node:tls';

export type { Server as NodeServer, Socket } from 'node:net';
export type { SecureContext, TLSSocket } from 'node:tls';

function absent(): never {
  throw new Error(
    'A program in a browser has no sockets: ask by fetch(), or run it in Node, where openConnection and startServer work.',
  );
}

/** @internal */
export const net: () => typeof Net = absent;

/** @internal */
export const tls: () => typeof Tls = absent;

/** @internal */
export const dns: () => typeof Dns = absent;

/** @internal */
export const removeSocket: (path: string) => void = absent;
