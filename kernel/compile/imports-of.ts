// The specifiers that a local file imports and re-exports. Where they lead is found in kernel/language/files.ts.

import { parseText } from '../../runtime/parser.ts';

/** What a file imports; nothing where it does not parse. */
export function importsOf(file: string, source: string): readonly string[] {
  const { module } = parseText(file, source);
  const exported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value));
  return [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported].filter(
    (one) => one !== undefined && one !== null,
  );
}
