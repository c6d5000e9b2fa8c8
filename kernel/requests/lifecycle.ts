// interrupt and shutdown, which come in on control and are answered while a cell spins.

import { field } from './fields.ts';
import type { Handler } from './kernel.ts';

export const interrupt: Handler = async ({ reply }, kernel) => {
  await kernel.interrupt();
  reply({ status: 'ok' });
};

/** Replies first, then tells every other client, then ends: the server waits for the exit, not for user code. */
export const shutdown: Handler = ({ request, reply, publish }, kernel) => {
  const content = { status: 'ok', restart: field(request.content, 'restart', 'boolean', false) } as const;
  reply(content);
  publish('shutdown_reply', content);
  void kernel.end();
};
