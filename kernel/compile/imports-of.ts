// The specifiers in a local file. Where they lead is found in kernel/language/files.ts.

import { parseText } from '../../runtime/parser.ts';
import { specifiersIn } from './specifiers.ts';
import type { Node } from './syntax-nodes.ts';

/** The modules that a file names; none where it does not parse. */
export function importsOf(file: string, source: string): readonly string[] {
  const { program } = parseText(file, source);
  const { imports, requires } = specifiersIn(program.body as unknown as Node[]);
  return [...imports, ...requires];
}
