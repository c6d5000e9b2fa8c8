// Writes a trace to a file. The extension of its name decides the form.

import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';

/** What a trace must offer to be written in each form. */
export interface Exportable {
  svg(): string;
  png(): Uint8Array;
  html(): string;
  perfetto(): object;
  csv(): string;
  toString(): string;
}

const FORMS: Readonly<Record<string, (trace: Exportable) => string | Uint8Array>> = {
  '.svg': (trace) => trace.svg(),
  '.png': (trace) => trace.png(),
  '.html': (trace) => `<!doctype html><meta charset="utf-8"><title>A trace</title><body>${trace.html()}</body>\n`,
  '.json': (trace) => JSON.stringify(trace.perfetto()),
  '.csv': (trace) => trace.csv(),
  '.txt': (trace) => `${trace}\n`,
};

/** Called before anything runs. @throws TypeError if no form has this extension */
export function checkEnding(path: string): void {
  if (FORMS[extname(path).toLowerCase()] !== undefined) return;
  throw new TypeError(
    `a file name ending in ${Object.keys(FORMS).join(', ')} was expected, got '${path}' (.json opens in ui.perfetto.dev)`,
  );
}

/** Writes the file. @throws TypeError if no form has its extension */
export function writeTrace(trace: Exportable, path: string): void {
  checkEnding(path);
  writeFileSync(path, FORMS[extname(path).toLowerCase()]?.(trace) ?? '');
}
