// The names that TypeScript's DOM library declares. Where the notebook's settings let it in, as those without `lib` do,
// an earlier cell's `Node` or `name` would lose to a browser's. Knows nothing of cells.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findServer } from './binary.ts';

/** Whether a tsconfig's options bring the DOM library: its default does. */
export function bringsBrowser(options: Readonly<Record<string, unknown>> | undefined): boolean {
  if (!options || options.noLib === true) return false;
  return !Array.isArray(options.lib) || options.lib.some((one) => /^dom$/i.test(String(one)));
}

let known: ReadonlySet<string> | undefined;

/** All of them; empty where TypeScript's libraries do not lie beside its program. Read once, in about 10 ms. */
export function browserNames(): ReadonlySet<string> {
  known ??= read();
  return known;
}

function read(): ReadonlySet<string> {
  try {
    const text = readFileSync(path.join(path.dirname(findServer()), 'lib.dom.d.ts'), 'latin1');
    // The library's own file: one declaration a line, so that it needs no parser (which takes 280 ms).
    const declared = text.matchAll(/^(?:declare (?:var|function|class|const|namespace) |interface |type )([\w$]+)/gm);
    return new Set(Array.from(declared, ([, name]) => name as string));
  } catch {
    return new Set();
  }
}
