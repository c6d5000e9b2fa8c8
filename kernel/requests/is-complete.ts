// is_complete: whether a console should run the text or ask for another line. The parser of runtime/compile decides.

import { field } from './fields.ts';
import type { Handler } from './kernel.ts';

export const isComplete: Handler = async ({ request, reply }, kernel) => {
  const code = field(request.content, 'code', 'string');
  const compiler = await kernel.compiler();
  reply(await compiler.completeness(code));
};
