// Reads who removes the types of cells, from an option or the environment. What the words mean is in
// runtime/compile/rewrite.ts.

import type { Way } from '../../runtime/compile/rewrite.ts';

const ways: readonly string[] = ['in-place', 'esbuild'] satisfies Way[];

/** The way that a text names. @throws a sentence if it names none; `setting` is whose text it is */
export function wayFrom(setting: string, text: string): Way {
  if (ways.includes(text)) return text as Way;
  throw new Error(`${setting} expects in-place or esbuild, but found '${text}'.`);
}

/** The way that COKERNEL_COMPILER names; `in-place` where it is not set, or names none, which is reported. */
export function wayOfEnvironment(report: (line: string) => void): Way {
  const text = process.env.COKERNEL_COMPILER;
  if (text === undefined || text === '') return 'in-place';
  try {
    return wayFrom('COKERNEL_COMPILER', text);
  } catch (error) {
    report(`${(error as Error).message} It is in-place.`);
    return 'in-place';
  }
}
