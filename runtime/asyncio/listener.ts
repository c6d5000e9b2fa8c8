// The sockets that a server listens on: one for each address, as in asyncio's create_server.

import { dns, type NodeServer, net, removeSocket, type Socket } from '#host/network';
import type { Loop } from './engine/loop.ts';
import { ForeignFuture } from './engine/promise.ts';
import { holdOpen } from './hold-open.ts';
import { OSError, osError } from './os-error.ts';
import { type Connection, endsOf, plainConnection, secureConnection } from './socket-streams.ts';
import { encrypted } from './tls.ts';
import type { TlsOptions } from './tls-options.ts';

/** Where a server listens; null, or '': on all addresses of this machine. */
export type ListenAt =
  | { readonly hosts: readonly (string | null)[]; readonly port: number }
  | { readonly path: string };

/** Host and port, or the path. */
export type SocketName = readonly [host: string, port: number] | string;

/** @internal What becomes of the sockets that come. */
export interface Accepting {
  /** One came; its handshake may still be ahead. */
  arrived(socket: Socket): void;
  /** It can be read and written. */
  opened(connection: Connection, socket: Socket): void;
}

/** An address that this machine has no family for is left out, as long as there are others. */
const NO_SUCH_FAMILY = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'];

/** @internal What a server listens with. */
export class Listener {
  private readonly where: ListenAt;
  private readonly loop: Loop;
  private readonly accept: (socket: Socket) => void;
  private nodes: NodeServer[] = [];

  /** `tls`: null for connections without. */
  constructor(loop: Loop, where: ListenAt, limit: number, tls: TlsOptions | null, accepting: Accepting) {
    this.loop = loop;
    this.where = where;
    const path = 'path' in where ? where.path : undefined;
    this.accept = (socket) => {
      const close = (): void => void socket.destroy();
      socket.once('close', holdOpen(loop, close));
      accepting.arrived(socket);
      if (tls === null) {
        accepting.opened(plainConnection(loop, socket, limit, 'server', path), socket);
        return;
      }
      // Whoever fails at the handshake is no client yet, and nobody hears of it, as in asyncio.
      socket.on('error', close);
      const secured = encrypted(loop, socket, 'server', tls, endsOf(socket, 'server', path).info);
      socket.once('close', () => secured.agreed.cancel());
      secured.agreed.whenDone((agreed) => {
        if (!agreed.cancelled() && agreed.exception() === null)
          accepting.opened(secureConnection(secured, socket, limit), socket);
        else close();
      });
    };
  }

  *listen(): Generator<unknown, void, unknown> {
    try {
      const { where } = this;
      if ('path' in where) yield* this.bind(where);
      else yield* this.bindAll(yield* this.resolve(where.hosts), where.port);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  private *bindAll(hosts: readonly string[], port: number): Generator<unknown, void, unknown> {
    let refused: unknown;
    for (const host of hosts) {
      try {
        yield* this.bind({ host, port, ipv6Only: true });
      } catch (error) {
        if (!(error instanceof OSError && NO_SUCH_FAMILY.includes(error.code ?? ''))) throw error;
        refused = error;
      }
    }
    if (this.nodes.length === 0) throw refused;
  }

  private *bind(at: { host: string; port: number; ipv6Only: true } | { path: string }): Generator<unknown, void> {
    // One that a server left behind, which was ended from outside: asyncio removes it, too.
    if ('path' in at) removeSocket(at.path);
    const node = net().createServer({ allowHalfOpen: true }, this.accept);
    const text = 'path' in at ? at.path : `${at.host}:${at.port}`;
    const future = new ForeignFuture<void>(this.loop, `listen ${text}`);
    node.once('error', (error) => future.done() || future.setException(osError(error)));
    node.listen(at, () => future.done() || future.setResult(undefined));
    try {
      yield* future;
    } catch (error) {
      node.close();
      throw error;
    }
    this.nodes.push(node);
  }

  /** All addresses of all hosts, each once. */
  private *resolve(hosts: readonly (string | null)[]): Generator<unknown, readonly string[], unknown> {
    const found = new Set<string>();
    for (const host of hosts) {
      for (const address of host === null || host === '' ? ['0.0.0.0', '::'] : yield* this.lookUp(host)) {
        found.add(address);
      }
    }
    return [...found];
  }

  private *lookUp(host: string): Generator<unknown, readonly string[], unknown> {
    if (net().isIP(host) > 0) return [host];
    const future = new ForeignFuture<string[]>(this.loop, `look up ${host}`);
    dns().lookup(host, { all: true }, (error, addresses) => {
      if (future.done()) return;
      if (error !== null) future.setException(osError(error));
      else future.setResult(addresses.map(({ address }) => address));
    });
    return yield* future;
  }

  /** Where it listens; none once it is closed. */
  names(): readonly SocketName[] {
    const names: SocketName[] = [];
    for (const node of this.nodes) {
      const address = node.address();
      if (address !== null) names.push(typeof address === 'string' ? address : [address.address, address.port]);
    }
    return names;
  }

  close(): void {
    for (const node of this.nodes) node.close();
    this.nodes = [];
  }
}
