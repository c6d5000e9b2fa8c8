// Node's sockets and their types. They are loaded with the first connection, because most programs have none: TLS alone
// takes 6 MiB of memory, as much as 20,000 tasks.

export type { Server as NodeServer, Socket } from 'node:net';
export type { SecureContext, TLSSocket } from 'node:tls';

/** @internal */
export const net = () => process.getBuiltinModule('node:net');

/** @internal */
export const tls = () => process.getBuiltinModule('node:tls');

/** @internal */
export const dns = () => process.getBuiltinModule('node:dns');

/** @internal Removes a Unix socket that a server left behind; what is no socket stays. */
export function removeSocket(path: string): void {
  const { rmSync, statSync } = process.getBuiltinModule('node:fs');
  if (statSync(path, { throwIfNoEntry: false })?.isSocket() === true) rmSync(path);
}
