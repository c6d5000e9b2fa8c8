// The cursor of a request. The protocol counts code points; some clients (VS Code) send offsets in UTF-16 units, and take
// the places in a reply for such. One that once sent a cursor which only so lies in the code is known to count like this.

import { cursorOfOffset, offsetOfCursor } from '../language/position.ts';
import type { Message } from '../protocol.ts';
import { field } from './fields.ts';
import type { Kernel } from './kernel.ts';

/** The sessions of each kernel that count in UTF-16 units. */
const counting = new WeakMap<Kernel, Set<string>>();

/** Where the cursor is, and how a place is told to this client. */
export interface Cursor {
  /** In code points. It may lie outside the code, where nothing is. */
  readonly at: number;
  /** A place in code points, as the client counts. */
  told(place: number): number;
}

/** The request's cursor_pos in `code`; the end of the code where it is absent. */
export function cursorOf({ content, header }: Message, code: string, kernel: Kernel): Cursor {
  const length = cursorOfOffset(code, code.length);
  const absent = content.cursor_pos === undefined || content.cursor_pos === null;
  const cursor = absent ? length : field(content, 'cursor_pos', 'number');
  const sessions = counting.get(kernel) ?? new Set();
  counting.set(kernel, sessions);
  if (cursor > length && cursor <= code.length) sessions.add(header.session);
  if (!sessions.has(header.session) || absent || cursor > code.length) return { at: cursor, told: (place) => place };
  return { at: cursorOfOffset(code, cursor), told: (place) => offsetOfCursor(code, place) ?? code.length };
}
