// Names from the running program, where TypeScript knows none: keys of a value of type `any`, and all names while there
// is no server. The program answers without running a getter.

import type { LiveName } from '../../runtime/events.ts';
import type { CompletionItem, LanguageOptions } from './language.ts';

/** How long to wait, in milliseconds: the program answers in under one, or not at all while a cell spins. */
const PATIENCE_MS = 150;

/** How many lines of a value a tooltip shows. */
const LINES = 15;

/** A chain of names up to the cursor, `a.b.` or `a.b.pre`: the names before the last dot, and the text after it. */
export interface Chain {
  readonly path: readonly string[];
  readonly prefix: string;
  /** The quote before the prefix, as in `a.b["pre`: any key may be written there. */
  readonly quote?: string;
}

const NAME = '[\\p{ID_Start}$_][\\p{ID_Continue}$\\u200c\\u200d]*';
const CHAIN = new RegExp(`(?:^|[^\\p{ID_Continue}$.])((?:${NAME}\\s*(?:\\?\\.|!\\.|\\.)\\s*)*)(${NAME})?$`, 'u');
const KEY = new RegExp(
  `(?:^|[^\\p{ID_Continue}$.])((?:${NAME}\\??\\.)*${NAME})(?:\\?\\.)?\\[\\s*(["'])([^"'\\n]*)$`,
  'u',
);

/** The chain that ends at the cursor; undefined after a call or an index (`f().`). */
export function chainBefore(text: string): Chain | undefined {
  const match = CHAIN.exec(text.slice(-400));
  return match ? { path: names(match[1] ?? ''), prefix: match[2] ?? '' } : undefined;
}

/** The same for a key in brackets and quotes, `a.b["pre`. */
export function keyBefore(text: string): Chain | undefined {
  const match = KEY.exec(text.slice(-400));
  if (!match) return undefined;
  return { path: names(match[1] as string), prefix: match[3] as string, quote: match[2] as string };
}

function names(chain: string): string[] {
  return chain
    .split(/[?!]?\./)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Live names that continue the chain, as completions of the text between `start` and `end` (code points). */
export async function liveItems(
  chain: Chain,
  start: number,
  end: number,
  live: LanguageOptions['live'],
): Promise<CompletionItem[]> {
  const answer = await live({ kind: 'keys', path: chain.path }, PATIENCE_MS).catch(() => undefined);
  const prefix = chain.prefix.toLowerCase();
  const written = (name: string) => (chain.quote ? !/["'`\\\n\r]/.test(name) : isName(name));
  const fits = ({ name }: LiveName) => written(name) && name.toLowerCase().startsWith(prefix);
  return (answer?.keys ?? [])
    .filter(fits)
    .map(({ name, kind }) => ({ start, end, text: name, type: kind, signature: '' }));
}

/** A description of the present value; '' where there is none. */
export async function liveText(path: readonly string[], live: LanguageOptions['live']): Promise<string> {
  const answer = await live({ kind: 'describe', path }, PATIENCE_MS).catch(() => undefined);
  const lines = (answer?.text ?? '').split('\n');
  return lines.length > LINES ? [...lines.slice(0, LINES), '…'].join('\n') : lines.join('\n');
}

const WHOLE = new RegExp(`^${NAME}$`, 'u');

/** Whether a key can be written after a dot. */
function isName(key: string): boolean {
  return WHOLE.test(key);
}
