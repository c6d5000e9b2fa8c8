// Test262's tests of the language, as cells and as Node runs them: each says itself what is right.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { CellSyntaxError } from '../../runtime/compile/cell.ts';
import { createNotebook } from '../compile/notebook.ts';

/** A test: its text, and what its header says. */
export interface Test262 {
  readonly path: string;
  readonly source: string;
  readonly includes: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly negative: { readonly phase: string; readonly type: string } | undefined;
}

/** Reads a test. `root` is the checkout. */
export function readTest(root: string, path: string): Test262 {
  const source = readFileSync(join(root, 'test', 'language', path), 'utf8');
  const header = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? '';
  const list = (key: string): string[] =>
    (new RegExp(`^${key}:\\s*(?:\\[(.*?)\\]|((?:\\n\\s+- .*)+))`, 'm').exec(header)?.slice(1).join('') ?? '')
      .split(/[,\n]/)
      .map((word) => word.replace(/^\s*-/, '').trim())
      .filter((word) => word !== '');
  const negative = /^negative:[\s\S]*?phase: (\w+)[\s\S]*?type: (\w+)/m.exec(header);
  return {
    path,
    source,
    includes: list('includes'),
    flags: new Set(list('flags')),
    negative: negative ? { phase: negative[1] as string, type: negative[2] as string } : undefined,
  };
}

/** Whether a cell can be such a program: strict, and in one file. */
export function isForCells({ path, flags, source }: Test262): boolean {
  if (path.endsWith('_FIXTURE.js')) return false;
  if (['noStrict', 'raw', 'CanBlockIsFalse', 'generated-for-sloppy'].some((flag) => flags.has(flag))) return false;
  // Files that import one another, agents, and other realms are not what cells are.
  return !/\$262|_FIXTURE|^\s*(?:import|export)\b[^(.]*\bfrom\b/m.test(source);
}

/** The harness that a test needs, as one text. */
function harnessOf(root: string, { includes, flags }: Test262): string {
  const files = ['assert.js', 'sta.js', ...(flags.has('async') ? ['doneprintHandle.js'] : []), ...includes];
  return files.map((file) => readFileSync(join(root, 'harness', file), 'utf8')).join('\n');
}

/** What is wrong with a test as a cell; undefined where it passes. */
export async function asCell(root: string, test: Test262): Promise<string | undefined> {
  const notebook = createNotebook();
  const done = listen(notebook.global);
  // As a library beside the notebook, whose names are no concern of its.
  (notebook.global.eval as typeof eval)(harnessOf(root, test));
  try {
    const { error } = await notebook.attempt(test.source);
    return verdict(test, error, await (error === undefined && test.flags.has('async') ? done : undefined));
  } catch (error) {
    const early = error instanceof CellSyntaxError || (error as Error).name === 'SyntaxError';
    if (early && test.negative?.phase === 'parse') return undefined;
    return `does not compile: ${(error as Error).message}`;
  }
}

/** The same in Node: as a strict script, or as a module. */
export async function inNode(root: string, test: Test262): Promise<string | undefined> {
  const context = vm.createContext({ console, setTimeout, queueMicrotask, URL });
  const done = listen(context as Record<string, unknown>);
  let error: unknown;
  try {
    vm.runInContext(harnessOf(root, test), context);
    if (test.flags.has('module')) {
      const module = new vm.SourceTextModule(test.source, { context });
      await module.link(() => Promise.reject(new Error('imports nothing')));
      await module.evaluate();
    } else vm.runInContext(`"use strict";\n${test.source}`, context);
  } catch (caught) {
    error = caught ?? new Error('undefined was thrown');
  }
  return verdict(test, error, await (error === undefined && test.flags.has('async') ? done : undefined));
}

/** How long an asynchronous test may take: on a busy machine one that passes took more than two seconds. */
const LONGEST_MS = 20_000;

/** Resolves to what an asynchronous test prints at its end. */
function listen(global: Record<string, unknown>): Promise<string> {
  return new Promise((resolve) => {
    global.print = (text: unknown) => resolve(String(text));
    setTimeout(() => resolve('nothing was printed'), LONGEST_MS).unref();
  });
}

function verdict({ negative, flags }: Test262, error: unknown, printed: string | undefined): string | undefined {
  if (negative) {
    const name = (error as Error | undefined)?.constructor?.name;
    return name === negative.type ? undefined : `${negative.type} was expected, got ${name ?? 'no error'}`;
  }
  if (error !== undefined) return String((error as Error).message ?? error);
  return flags.has('async') && printed !== 'Test262:AsyncTestComplete' ? printed : undefined;
}
