// Binds a socket, and says in a sentence why it cannot.

import type { Router, XPublisher } from 'zeromq';

/** @throws an Error whose message names the address. */
export async function bind(socket: Router | XPublisher, address: string): Promise<void> {
  try {
    await socket.bind(address);
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw new Error(`cannot listen on ${address}: ${taken ? 'the address is in use (EADDRINUSE)' : String(error)}`);
  }
}
