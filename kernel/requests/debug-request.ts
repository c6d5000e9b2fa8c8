// debug_request: the Debug Adapter Protocol in Jupyter's messages. What the requests do is in kernel/debug.

import type { Handler } from './kernel.ts';

export const debug: Handler = async ({ request, reply }, kernel) => {
  if (kernel.debug) reply(await kernel.debug.request(request.content));
};
