// The one door to the parser: all code that reads TypeScript or JavaScript parses here. The parser is native, and a text
// that nests too deeply overflows its stack, which ends the process. So a text that could nest that deeply is parsed in
// a process of its own, and when that process dies the text is too deep. The kernel gives such texts to its compile
// process as a whole (kernel/compile), so that nothing waits for them; everywhere else parseText waits.

import type { OxcError, ParserOptions } from 'oxc-parser';
import { loadParser, type ParsedText, parseDirectly, parseElsewhere, stackBytes } from '#host/oxc';

export { loadParser, type ParsedText };

/** The message for a text that nests too deeply for the parser, or for the code that reads its tree. */
export const TOO_DEEP =
  'The source is nested too deeply to be compiled: split the expression into parts, or build the data in a loop or read it from a file';

/**
 * Bytes of stack that one token is allowed to take. The most that was seen is 2,000: in `type A=[[[…`, 8 MiB overflow at
 * 4,200 tokens; test/long/nesting.test.ts tries every form of the grammar.
 */
const BYTES_A_TOKEN = 4_096;

/** UTF-16 units: a longer text is parsed apart even if it is one string, because parsing it takes 10 ms and more. */
const LONGEST_UNITS = 64 * 1024;

let tokensHere: number | undefined;
/** How a process parses that may be ended by a text; undefined in any other. */
let parseHere: typeof parseDirectly | undefined;

/**
 * From now on this process parses every text itself: it may be ended by one, and another process watches for that. Its
 * texts are long, so their trees do not come as JSON, which takes half the time of a compilation; with `fromMemory` false
 * they do.
 */
export function parseEverythingHere(fromMemory = true): void {
  parseHere = fromMemory ? parseDirectly : loadParser().parseSync;
}

/** Parses a text. `file` names the language by its ending where the options do not. A text that is too deep has an error. */
export function parseText(file: string, source: string, options: ParserOptions = {}): ParsedText {
  if (parseHere !== undefined) return parseHere(file, source, options);
  if (isShort(source)) return loadParser().parseSync(file, source, options);
  return parseElsewhere(file, source, options) ?? tooDeep(file);
}

/**
 * Whether a text is parsed in this process: it is too short to take long, and to overflow the parser's stack whatever it
 * contains. Nothing nests without a token, so a text has at most as many levels as tokens; a stack of 8 MiB is enough for
 * 2,048 tokens, about 150 lines.
 */
export function isShort(source: string): boolean {
  tokensHere ??= Math.floor(stackBytes() / BYTES_A_TOKEN);
  if (source.length <= tokensHere) return true;
  if (source.length > LONGEST_UNITS) return false;
  let tokens = 0;
  let inWord = false;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    const word = isWordPart(code);
    if (word ? !inWord : code > 32) tokens++;
    if (tokens > tokensHere) return false;
    inWord = word;
  }
  return true;
}

/** A letter, a digit, `$`, `_`, or any character beyond ASCII: several in a row are one token. */
function isWordPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 36 ||
    code === 95 ||
    code > 127
  );
}

/** The result for a text that no parser survives: an empty tree, and one error at the start. */
function tooDeep(file: string): ParsedText {
  const { program, module, comments } = loadParser().parseSync(file, '');
  const labels = [{ message: null, start: 0, end: 1 }];
  const error = {
    severity: 'Error' as OxcError['severity'],
    message: TOO_DEEP,
    labels,
    helpMessage: null,
    codeframe: null,
  };
  return { program, module, comments, errors: [error] };
}
