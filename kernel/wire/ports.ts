// Ports for a kernel that is started without a Jupyter server to choose them.

import { createServer } from 'node:net';

/** So many ports of this machine that were free a moment ago; the kernel binds them. */
export async function freePorts(count: number): Promise<readonly number[]> {
  // All open at once, or the system might give the same one twice.
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
