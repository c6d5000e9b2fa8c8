// The parser as WebAssembly, in one thread: what a text that nests too deeply overflows is a stack of its own, and the
// error can be caught. Its 1.6 MB are fetched by who starts the program, before the first text. What runs it is @emnapi,
// whose packages must be of one version: package.json overrides them.

import { instantiate } from '@oxc-parser/binding-wasm32-wasip1/workerd';
import type { ParseResult, ParserOptions } from 'oxc-parser';
import visitorKeys from 'oxc-parser/src-js/generated/visit/keys.js';
import { wrap } from 'oxc-parser/src-js/wrap.js';

/** The part of a parser's result that is used: the tree, the comments, and what is imported and exported. */
export type ParsedText = Pick<ParseResult, 'program' | 'module' | 'comments' | 'errors'>;

/** What is used of the parser. */
export interface Parser {
  parseSync(file: string, source: string, options?: ParserOptions): ParsedText;
  readonly visitorKeys: Readonly<Record<string, readonly string[]>>;
}

const { RuntimeError } = (
  globalThis as unknown as { readonly WebAssembly: { readonly RuntimeError: ErrorConstructor } }
).WebAssembly;

let parser: Parser | undefined;

/** Makes the parser ready, which takes a page 50 to 100 ms. */
export async function startParser(module: WebAssembly.Module): Promise<void> {
  const binding = await instantiate(module);
  parser = {
    parseSync: (file, source, options) => wrap(binding.parseSync(file, source, options)),
    visitorKeys,
  };
}

/** @throws Error where {@link startParser} has not been called */
export function loadParser(): Parser {
  if (parser === undefined) throw new Error('the parser is not there yet: await startParser() first');
  return parser;
}

/** A page's stack is about as large as this, and so is the parser's own. */
export function stackBytes(): number {
  return 1024 * 1024;
}

/** The parser's memory cannot be read here: the tree comes as JSON. */
export function parseDirectly(file: string, source: string, options: ParserOptions): ParsedText {
  return loadParser().parseSync(file, source, options);
}

/** There is no other process. @returns undefined where the text overflowed the stack */
export function parseElsewhere(file: string, source: string, options: ParserOptions): ParsedText | undefined {
  try {
    return loadParser().parseSync(file, source, options);
  } catch (error) {
    const isDeep =
      error instanceof RangeError || error instanceof RuntimeError || (error as Error).name === 'InternalError';
    if (isDeep) return undefined; // Firefox has an error of its own for that.
    throw error;
  }
}
