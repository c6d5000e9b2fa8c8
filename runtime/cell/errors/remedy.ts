// What to do about an undefined name, if that is known: a name of the library that was not imported, or a word from
// Python, the browser or a shell. How errors are drawn is in report.ts.

import { foreignCommand } from '../../compile/foreign.ts';
import { peerName } from './peer-names.ts';

/** What is known of a name that is undefined. */
export interface Whereabouts {
  /** The module of the library that exports it. */
  exporter(name: string): string | undefined;
  /** The cell that declares it and failed before it did. */
  leftOutBy(name: string): string | undefined;
}

const PAGE = 'A cell does not run in the page that shows it. To show HTML: html`<b>…</b>`';
const NODE = 'A notebook runs in Node: node:fs, node:http, node:child_process … probably have what you need';
const EXPORTS = 'A cell exports nothing: what it declares is there in every later cell';
const BEFORE = '_ is the last result, and Out[1] that of cell [1]';
const ELSEWHERE: Readonly<Record<string, string>> = {
  document: PAGE,
  window: PAGE,
  Jupyter: PAGE,
  IPython: PAGE,
  Bun: NODE,
  module: EXPORTS,
  exports: EXPORTS,
  asyncio: "asyncio's names are in cokernel, in camelCase: import { gather, run, sleep } from 'cokernel'",
  print: 'In TypeScript: console.log(…)',
  len: 'In TypeScript: value.length, of a Map or a Set value.size',
  range: 'In TypeScript: Array.from({ length: 3 }, (_, i) => i) is [ 0, 1, 2 ]',
  True: 'In TypeScript: true',
  False: 'In TypeScript: false',
  None: 'In TypeScript: null or undefined',
  __: BEFORE,
  ___: BEFORE,
  help: 'Put the cursor on a name and press Shift+Tab. What a notebook can do: run `jupyter`',
  get_ipython: 'This is a TypeScript notebook. What it can do: run `jupyter`',
};

/** The remedy for a ReferenceError with this message, thrown at this line of user code ('' if unknown). */
export function remedyFor(message: string, line: string, where: Whereabouts): string | undefined {
  const name = /^(\S+) is not defined$/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const command = foreignCommand(line, name);
  if (command !== undefined) return command;
  const peer = peerName(name, line);
  if (peer !== undefined) return peer;
  const cell = where.leftOutBy(name);
  if (cell !== undefined) return `${cell} declares it, but failed before it did. Get that cell to run first`;
  const module = where.exporter(name);
  if (module !== undefined) return `Did you forget to import it? import { ${name} } from '${module}'`;
  if (Object.hasOwn(ELSEWHERE, name)) return ELSEWHERE[name];
  return undeclared(name.replaceAll('$', '\\$'), name, line);
}

/** The remedy for an error of another class with this message, thrown at this line of user code. */
export function otherRemedy(message: string, line: string): string | undefined {
  return jsxRemedy(message) ?? thisRemedy(message, line) ?? defaultRemedy(message);
}

/** Where JavaScript that is not strict has the global object. */
function thisRemedy(message: string, line: string): string | undefined {
  const name = /^Cannot (?:read|set) properties of undefined \((?:reading|setting) '([\w$]+)'\)$/.exec(message)?.[1];
  const members = [...line.matchAll(/\bthis\s*\.\s*([\w$]+)/g)].map(([, member]) => member);
  if (name === undefined || !members.includes(name)) return undefined;
  return (
    '`this` is undefined at the top of a cell, and in a function that is called without an object, as in every module. ' +
    'The global object is globalThis'
  );
}

/** A package that was imported as a whole and has names only. */
function defaultRemedy(message: string): string | undefined {
  const module = /^The requested module '(.+)' does not provide an export named 'default'$/.exec(message)?.[1];
  return module === undefined ? undefined : `It exports names. To have all of them: import * as … from '${module}'`;
}

/** The remedy where React was given the HTML that JSX of a cell makes, or a hook ran while that HTML was made. */
function jsxRemedy(message: string): string | undefined {
  const given = /^Objects are not valid as a React child \(found: object with keys \{html\}\)/.test(message);
  if (!given && !/^Cannot read properties of null \(reading 'use[A-Z]\w*'\)$/.test(message)) return undefined;
  return (
    "JSX of a cell makes HTML. For React's elements: /** @jsxImportSource react */ at the top of the cell, " +
    'or "jsxImportSource": "react" in the compilerOptions of a tsconfig.json'
  );
}

/** Assignment without a declaration, as in Python and in JavaScript that is not strict. */
function undeclared(pattern: string, name: string, line: string): string | undefined {
  const heads = new RegExp(`\\bfor\\s*(?:await\\s*)?\\(\\s*${pattern}\\s*(of\\b|in\\b|=(?![=>]))`).exec(line)?.[1];
  if (heads === '=') return `To declare it: for (let ${name} = …; …; …)`;
  if (heads !== undefined) return `To declare it: for (const ${name} ${heads} …)`;
  const assigned = new RegExp(`^\\s*${pattern}\\s*=(?![=>])`).test(line);
  return assigned ? `To declare it: let ${name} = …, or const ${name} = … if it never changes` : undefined;
}
