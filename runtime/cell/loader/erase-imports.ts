// Reads a local file's imports and exports, and blanks out those of types: no other character moves. As tsc does, an
// import goes that the file uses for its type alone, unless tsconfig.json sets verbatimModuleSyntax.

import type { ExportNamedDeclaration, ImportDeclaration, Node, Program } from 'oxc-parser';
import type { ParsedText } from '../../parser.ts';
import type { CompilerOptions } from './tsconfig.ts';
import { valueUses } from './value-uses.ts';

/** What to leave out besides what is marked with `type`. */
export interface Erasing {
  /** Names, as their own modules export them, that are known to be types. */
  readonly types: ReadonlySet<string>;
  readonly options: CompilerOptions;
}

/** A part of the text that is blanked out. */
interface Part {
  readonly start: number;
  readonly end: number;
}

type Specifier = ImportDeclaration['specifiers'][number] | ExportNamedDeclaration['specifiers'][number];

/** The text without imports and exports of types. */
export function eraseImports(source: string, { program }: Pick<ParsedText, 'program'>, erasing: Erasing): string {
  const { unused, exported } = usesOf(program, erasing.options);
  const typed = new Set<string>();
  const parts: Part[] = [];
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration' || node.importKind === 'type') continue;
    const gone = node.specifiers.filter((specifier) => {
      const local = specifier.local.name;
      const known = kindOf(specifier) === 'type' || erasing.types.has(importedName(specifier));
      if (known && specifier.type !== 'ImportNamespaceSpecifier') typed.add(local);
      return known || (unused(local) && !exported.has(local));
    });
    // `import {} from` and `import 'x'` are for what the module does.
    const whole = !erasing.options.verbatimModuleSyntax && gone.length > 0 && gone.length === node.specifiers.length;
    parts.push(...(whole ? [node] : gone.map((specifier) => withComma(source, specifier, node.specifiers))));
  }
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') continue;
    const gone = node.specifiers.filter((specifier) => {
      const name = localOf(specifier);
      return kindOf(specifier) === 'type' || (node.source === null ? typed.has(name) : erasing.types.has(name));
    });
    const whole = node.source !== null && gone.length > 0 && gone.length === node.specifiers.length;
    parts.push(...(whole ? [node] : gone.map((specifier) => withComma(source, specifier, node.specifiers))));
  }
  return blanked(source, parts);
}

/** The modules of which a file only exports names again, and uses none itself. */
export function forwardedBy({ program }: Pick<ParsedText, 'program'>, options: CompilerOptions): Set<string> {
  const { unused } = usesOf(program, options);
  const forwarded = new Set<string>();
  const needed = new Set<string>();
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration' && node.importKind !== 'type') {
      const only = node.specifiers.length > 0 && node.specifiers.every(({ local }) => unused(local.name));
      (only ? forwarded : needed).add(node.source.value);
    } else if (node.type === 'ExportAllDeclaration') forwarded.add(node.source.value);
    else if (node.type === 'ExportNamedDeclaration' && node.source) forwarded.add(node.source.value);
  }
  for (const name of needed) forwarded.delete(name);
  return forwarded;
}

/** Which imports are unused as values, and which local names the file exports. */
function usesOf(program: Program, options: CompilerOptions) {
  const metadata = options.experimentalDecorators === true && options.emitDecoratorMetadata === true;
  const uses = valueUses(program.body as readonly Node[], metadata);
  // JSX calls these without naming them.
  if (options.jsx === 'react') {
    for (const made of [options.jsxFactory ?? 'React', options.jsxFragmentFactory ?? 'React']) {
      uses.add(made.split('.')[0] as string);
    }
  }
  const exported = new Set<string>();
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.source) continue;
    for (const specifier of node.specifiers) exported.add(localOf(specifier));
  }
  return { unused: (name: string) => !options.verbatimModuleSyntax && !uses.has(name), exported };
}

function kindOf(specifier: Specifier): string | undefined {
  return 'importKind' in specifier
    ? specifier.importKind
    : 'exportKind' in specifier
      ? specifier.exportKind
      : undefined;
}

function localOf(specifier: Specifier): string {
  return nameOf(specifier.local);
}

function importedName(specifier: ImportDeclaration['specifiers'][number]): string {
  if (specifier.type === 'ImportSpecifier') return nameOf(specifier.imported);
  return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
}

function nameOf(name: { type: string; name?: string; value?: unknown }): string {
  return name.type === 'Literal' ? String(name.value) : (name.name ?? '');
}

/** A specifier with the comma that separates it from the next one, or, if it is the last, from the one before. */
function withComma(source: string, specifier: Specifier, all: readonly Specifier[]): Part {
  const at = all.indexOf(specifier);
  const next = all[at + 1];
  const { start, end } = specifier;
  // `import a, * as b`: the comma may not stay.
  if (specifier.type === 'ImportNamespaceSpecifier') return { start: all[at - 1]?.end ?? start, end };
  if (next === undefined) return { start, end };
  // A default import may be followed by `{`, which stays.
  const comma = source.indexOf(',', end);
  return comma === -1 || comma >= next.start ? { start, end } : { start, end: comma + 1 };
}

function blanked(source: string, parts: readonly Part[]): string {
  let text = source;
  for (const { start, end } of parts) {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, ' ') + text.slice(end);
  }
  return text;
}
