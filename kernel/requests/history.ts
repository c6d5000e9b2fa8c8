// history: the cells run in this session and earlier ones. They are stored by kernel/history.

import type { History } from '../history/store.ts';
import type { HistoryEntry, JsonObject } from '../protocol.ts';
import { FieldError, field } from './fields.ts';
import type { Handler } from './kernel.ts';

/** SQLite refuses longer ones, in bytes, after it has copied them several times. */
const LONGEST_PATTERN_UNITS = 50_000;

export const history: Handler = async ({ request, reply }, kernel) => {
  reply({ status: 'ok', history: await ask(kernel.history, request.content) });
};

/** Source and raw source are the same here, so `raw` is checked and otherwise ignored. */
async function ask(store: History, content: JsonObject): Promise<readonly HistoryEntry[]> {
  const access = field(content, 'hist_access_type', 'string');
  const output = field(content, 'output', 'boolean', false);
  field(content, 'raw', 'boolean', true);
  const n = present(content, 'n') ? field(content, 'n', 'number') : undefined;
  switch (access) {
    case 'tail':
      return store.tail(n ?? 10, output);
    case 'range': {
      const stop = present(content, 'stop') ? field(content, 'stop', 'number') : undefined;
      const session = field(content, 'session', 'number', 0);
      return store.range({ session, start: field(content, 'start', 'number', 0), stop, output });
    }
    case 'search': {
      const pattern = field(content, 'pattern', 'string', '*');
      if (pattern.length > LONGEST_PATTERN_UNITS)
        throw new FieldError(
          `pattern should have at most ${LONGEST_PATTERN_UNITS} characters, found ${pattern.length}`,
        );
      return store.search({ pattern, n, unique: field(content, 'unique', 'boolean', false), output });
    }
    default:
      throw new FieldError(`hist_access_type should be "tail", "range" or "search", found ${JSON.stringify(access)}`);
  }
}

function present(content: JsonObject, name: string): boolean {
  return content[name] !== undefined && content[name] !== null;
}
