// is_complete: tells a console whether to run the text or to ask for another line. runtime/compile decides.

import { field } from './fields.ts';
import type { Handler } from './kernel.ts';

export const isComplete: Handler = async ({ request, reply }, kernel) => {
  const code = field(request.content, 'code', 'string');
  const compiler = await kernel.compiler();
  reply(await compiler.completeness(code));
};
