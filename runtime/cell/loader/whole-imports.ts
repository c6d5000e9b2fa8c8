// Imports of whole modules in a local file's text, `import * as all from 'x'` and `import('x')`: rewritten so that the
// file gets every member of a CommonJS module, as a cell does. What the members are is in interop.ts.

import { Edits } from '../../compile/edits.ts';
import { mapText, refine } from '../../compile/maps.ts';
import { writeOut } from '../../compile/write-out.ts';
import type { ParsedText } from '../../parser.ts';
import { WHOLE, wholeImport } from './interop.ts';

/** How a module's text names the functions of module-marks.ts. */
export const MARKS_TEXT = 'globalThis[Symbol.for("cokernel.loader")]';

/** The text with its imports of whole modules rewritten, and the map to what it was, where characters moved. */
export function withWholes(
  source: string,
  parsed: ParsedText,
): { readonly text: string; readonly map: string | undefined } {
  const edits = [...wholeNames(parsed), ...dynamicImports(parsed)];
  if (edits.length === 0) return { text: source, map: undefined };
  const text = new Edits(source);
  for (const edit of edits) edit(text);
  const { code, mappings } = writeOut(text, source);
  return { text: code, map: mapText(refine(mappings, code, source), '', 0) };
}

type Edit = (text: Edits) => void;

/** `import * as all from 'x'` becomes an import of one name from a module between: `all` then has every member. */
function wholeNames({ program, module }: ParsedText): Edit[] {
  if (module.staticImports.length === 0) return [];
  return program.body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration' || node.importKind === 'type' || !isPackage(node.source.value)) return [];
    const specifier = node.specifiers.find(({ type }) => type === 'ImportNamespaceSpecifier');
    if (specifier === undefined) return [];
    const [first = specifier] = node.specifiers;
    // `import a, * as b`: two imports, because one comes from the module itself.
    const own = first === specifier ? '' : `${first.local.name} from ${node.source.raw}; import `;
    const from = JSON.stringify(WHOLE + node.source.value);
    const whole = `${own}${wholeImport(specifier.local.name)} from ${from}`;
    return [(text) => text.update(first.start, node.source.end, whole)];
  });
}

/** `import('x')` is handed on with every member. */
function dynamicImports({ module }: ParsedText): Edit[] {
  return module.dynamicImports.map(({ start, end }) => (text) => {
    text.appendRight(start, `${MARKS_TEXT}.imported(`);
    text.appendLeft(end, ')');
  });
}

/** Whether a specifier means a package: neither a path, nor a URL, nor a built-in module by its full name. */
function isPackage(specifier: string): boolean {
  return !/^[./\\]|^[a-z][a-z\d+.-]*:/i.test(specifier);
}
