// interrupt and shutdown, which arrive on control and are answered even while a cell spins.

import { field } from './fields.ts';
import type { Handler } from './kernel.ts';

export const interrupt: Handler = async ({ reply }, kernel) => {
  await kernel.interrupt();
  reply({ status: 'ok' });
};

/** Replies, then informs all other clients, then ends the kernel: the server waits for its exit, not for user code. */
export const shutdown: Handler = ({ request, reply, publish }, kernel) => {
  const content = { status: 'ok', restart: field(request.content, 'restart', 'boolean', false) } as const;
  reply(content);
  publish('shutdown_reply', content);
  void kernel.end();
};
