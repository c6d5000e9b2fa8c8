// What to do about an undefined name, if that is known: a name of the library that was not imported, or a word from
// Python, the browser or a shell. How errors are drawn is in report.ts.

import { foreignCommand } from '../../compile/foreign.ts';

/** Finds the module of the library that exports a name. */
export type Exporter = (name: string) => string | undefined;

const PAGE = 'A notebook runs in Node, where there is no page. To show HTML: html`<b>…</b>`';
const NODE = 'A notebook runs in Node: node:fs, node:http, node:child_process … probably have what you need';
const ELSEWHERE: Readonly<Record<string, string>> = {
  document: PAGE,
  window: PAGE,
  Deno: NODE,
  Bun: NODE,
  asyncio: "asyncio's names are in cokernel, in camelCase: import { gather, run, sleep } from 'cokernel'",
  print: 'In TypeScript: console.log(…)',
  len: 'In TypeScript: value.length, of a Map or a Set value.size',
  range: 'In TypeScript: Array.from({ length: 3 }, (_, i) => i) is [ 0, 1, 2 ]',
  True: 'In TypeScript: true',
  False: 'In TypeScript: false',
  None: 'In TypeScript: null or undefined',
  help: 'Put the cursor on a name and press Shift+Tab. What a notebook can do: run `jupyter`',
  get_ipython: 'This is a TypeScript notebook. What it can do: run `jupyter`',
};

/** The remedy for a ReferenceError with this message, thrown at this line of user code ('' if unknown). */
export function remedyFor(message: string, line: string, exporter: Exporter): string | undefined {
  const name = /^(\S+) is not defined$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const command = foreignCommand(line, name);
  if (command !== undefined) return command;
  const module = exporter(name);
  if (module !== undefined) return `Did you forget to import it? import { ${name} } from '${module}'`;
  if (Object.hasOwn(ELSEWHERE, name)) return ELSEWHERE[name];
  // Assignment without a declaration, as in Python.
  const assigned = new RegExp(`^\\s*${name.replaceAll('$', '\\$')}\\s*=(?![=>])`).test(line);
  return assigned ? `To declare it: let ${name} = …, or const ${name} = … if it never changes` : undefined;
}
