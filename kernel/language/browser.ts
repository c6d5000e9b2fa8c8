// The names that TypeScript's DOM library declares. Where the notebook's settings include that library, as settings
// without `lib` do, the browser's `Node` or `name` would hide an earlier cell's. Knows nothing of cells.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findServer } from './binary.ts';

/** Whether a tsconfig's options include the DOM library; the default does. */
export function bringsBrowser(options: Readonly<Record<string, unknown>> | undefined): boolean {
  if (!options || options.noLib === true) return false;
  return !Array.isArray(options.lib) || options.lib.some((one) => /^dom$/i.test(String(one)));
}

let known: ReadonlySet<string> | undefined;

/** All of these names; empty where TypeScript's libraries do not lie beside its program. Read once, in about 10 ms. */
export function browserNames(): ReadonlySet<string> {
  known ??= read();
  return known;
}

function read(): ReadonlySet<string> {
  try {
    const text = readFileSync(path.join(path.dirname(findServer()), 'lib.dom.d.ts'), 'latin1');
    // The file has one declaration a line, so a regular expression replaces the parser, which would take 280 ms.
    const declared = text.matchAll(/^(?:declare (?:var|function|class|const|namespace) |interface |type )([\w$]+)/gm);
    return new Set(Array.from(declared, ([, name]) => name as string));
  } catch {
    return new Set();
  }
}
