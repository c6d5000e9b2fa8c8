// The global names that TypeScript's own libraries declare: JavaScript's, and the browser's where the notebook's settings
// include them, as settings without `lib` do. An earlier cell's `Record`, `Node` or `name` is not one of these. Knows
// nothing of cells.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findServer } from './binary.ts';

/** Whether a tsconfig's options include the DOM library; the default does. */
export function bringsBrowser(options: Readonly<Record<string, unknown>> | undefined): boolean {
  if (!options || options.noLib === true) return false;
  return !Array.isArray(options.lib) || options.lib.some((one) => /^dom$/i.test(String(one)));
}

let language: ReadonlySet<string> | undefined;
let browser: ReadonlySet<string> | undefined;

/** Whether a global value or type has this name, without any cell; `withBrowser` where settings include the DOM. */
export function isBuiltIn(name: string, withBrowser: boolean): boolean {
  if (name in globalThis) return true;
  language ??= declaredIn(/^lib\.(?:es|decorators).*\.d\.ts$/);
  if (language.has(name) || !withBrowser) return language.has(name);
  browser ??= declaredIn(/^lib\.dom\.d\.ts$/);
  return browser.has(name);
}

/** The names in some libraries, read in about 10 ms; none where they do not lie beside TypeScript's program. */
function declaredIn(libraries: RegExp): ReadonlySet<string> {
  const names = new Set<string>();
  try {
    const folder = path.dirname(findServer());
    for (const library of readdirSync(folder)) {
      if (!libraries.test(library)) continue;
      const text = readFileSync(path.join(folder, library), 'latin1');
      // They have one declaration a line, so a regular expression replaces the parser, which would take 280 ms.
      const found = text.matchAll(
        /^(?:declare (?:var|function|class|const|namespace|type) |interface |type )([\w$]+)/gm,
      );
      for (const [, name] of found) names.add(name as string);
    }
  } catch {
    // There is no TypeScript: nothing is asked of it.
  }
  return names;
}
