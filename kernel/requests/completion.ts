// Completion and inspection: the language service's answers in Jupyter's shapes, or the running program's answers
// where there is no service. What TypeScript is asked is in kernel/language.

import type { LiveName } from '../../runtime/events.ts';
import { LONGEST_UNITS } from '../language/longest.ts';
import { offsetOfCursor } from '../language/position.ts';
import type { CompleteReply } from '../protocol.ts';
import { type Cursor, cursorOf } from './cursor.ts';
import { field } from './fields.ts';
import type { Handler, Kernel } from './kernel.ts';

/** Longer chains of names are not followed: the expression looks for their start at every place. In UTF-16 units. */
const LONGEST_CHAIN_UNITS = 1_000;
/** How long to wait for the running program's names, in milliseconds: it does not answer while a cell spins. */
const LIVE_MS = 200;

export const complete: Handler = async ({ request, reply }, kernel) => {
  const code = field(request.content, 'code', 'string');
  if (code.length > LONGEST_UNITS)
    return reply({ status: 'ok', matches: [], cursor_start: 0, cursor_end: 0, metadata: {} });
  const cursor = cursorOf(request, code, kernel);
  const language = await kernel.language.load();
  if (language === undefined) return reply(told(await completeLive(kernel, code, cursor.at), cursor));
  const { matches, cursorStart, cursorEnd, types } = await language.complete(code, cursor.at);
  const metadata = types.length > 0 ? { _jupyter_types_experimental: types } : {};
  reply(told({ status: 'ok', matches, cursor_start: cursorStart, cursor_end: cursorEnd, metadata }, cursor));
};

export const inspect: Handler = async ({ request, reply }, kernel) => {
  const code = field(request.content, 'code', 'string');
  if (code.length > LONGEST_UNITS) return reply({ status: 'ok', found: false, data: {}, metadata: {} });
  const { at: cursor } = cursorOf(request, code, kernel);
  const detail = field(request.content, 'detail_level', 'number', 0) === 1 ? 1 : 0;
  const language = await kernel.language.load();
  if (language !== undefined) return reply({ status: 'ok', ...(await language.inspect(code, cursor, detail)) });
  const offset = offsetOfCursor(code, cursor);
  const { path, word } = offset === undefined ? { path: [], word: '' } : pathAt(upToWordEnd(code, offset));
  const names = word === '' ? path : [...path, word];
  const answer =
    names.length > 0 ? await kernel.cellProcess.live({ kind: 'describe', path: names }, LIVE_MS) : undefined;
  const text = answer?.text;
  reply({ status: 'ok', found: text !== undefined, data: text ? { 'text/plain': text } : {}, metadata: {} });
};

/** The reply with its places as the client counts. */
function told(reply: CompleteReply, { told: place }: Cursor): CompleteReply {
  const { _jupyter_types_experimental: types } = reply.metadata as { _jupyter_types_experimental?: readonly Placed[] };
  const placed = types?.map((type) => ({ ...type, start: place(type.start), end: place(type.end) }));
  return {
    ...reply,
    cursor_start: place(reply.cursor_start),
    cursor_end: place(reply.cursor_end),
    metadata: placed === undefined ? reply.metadata : { ...reply.metadata, _jupyter_types_experimental: placed },
  };
}

interface Placed {
  readonly start: number;
  readonly end: number;
}

async function completeLive(kernel: Kernel, code: string, cursor: number): Promise<CompleteReply> {
  const offset = offsetOfCursor(code, cursor);
  if (offset === undefined) {
    return { status: 'ok', matches: [], cursor_start: 0, cursor_end: 0, metadata: {} };
  }
  const { path, word } = pathAt(code.slice(0, offset));
  const answer = await kernel.cellProcess.live({ kind: 'keys', path }, LIVE_MS);
  const names = (answer?.keys ?? []).filter(({ name }) => name.startsWith(word) && isName(name));
  const start = cursor - [...word].length;
  const item = ({ name, kind }: LiveName) => ({ start, end: cursor, text: name, type: kind, signature: '' });
  return {
    status: 'ok',
    matches: names.map(({ name }) => name),
    cursor_start: start,
    cursor_end: cursor,
    metadata: names.length > 0 ? { _jupyter_types_experimental: names.map(item) } : {},
  };
}

/**
 * The names joined by dots at the end of a text: `a.b.wo` → path [a, b], word wo. It matches text and parses nothing.
 */
function pathAt(text: string): { readonly path: readonly string[]; readonly word: string } {
  const chain =
    /(?:[\p{ID_Start}$_][\p{ID_Continue}$]*\??\.)*(?:[\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u.exec(
      text.slice(-LONGEST_CHAIN_UNITS),
    )?.[0] ?? '';
  const names = chain.split(/\??\./);
  const word = names.pop() ?? '';
  // A dot before the chain belongs to an expression that only a parser could follow, such as `f().wo`.
  const afterExpression = text.slice(0, text.length - chain.length).endsWith('.');
  return afterExpression ? { path: ['\0'], word } : { path: names, word };
}

function upToWordEnd(code: string, offset: number): string {
  const rest = /^[\p{ID_Continue}$]*/u.exec(code.slice(offset, offset + LONGEST_CHAIN_UNITS))?.[0] ?? '';
  return code.slice(0, offset + rest.length);
}

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}
