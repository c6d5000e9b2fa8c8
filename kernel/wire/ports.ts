// Ports for a kernel that is started without a Jupyter server to choose them.

import { createServer } from 'node:net';

/** Finds `count` ports of this machine that are free at this moment. */
export async function freePorts(count: number): Promise<readonly number[]> {
  // All are open at the same time, or the system might hand out one twice.
  const open = Array.from({ length: count }, () => {
    const server = createServer();
    return new Promise<typeof server>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', () => resolve(server));
    });
  });
  const servers = await Promise.all(open);
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
