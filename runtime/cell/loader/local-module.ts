// What a local file says about itself: whether it is an ES module, what it imports, and its text without imports of
// types. Nothing is compiled here.

import { extname } from 'node:path';
import type { Node } from 'oxc-parser';
import { type ParsedText, parseText } from '../../parser.ts';
import { eraseImports, forwardedBy } from './erase-imports.ts';
import type { Node as File, Wanted } from './import-graph.ts';
import { nearestType } from './packages.ts';
import type { CompilerOptions } from './tsconfig.ts';
import { valueUses } from './value-uses.ts';
import { withWholes } from './whole-imports.ts';

/** A local file, read. */
export interface LocalModule {
  readonly format: 'module' | 'commonjs';
  /** What is to be compiled. */
  readonly text: string;
  /** The map from `text` to the source, where characters moved. */
  readonly map: string | undefined;
  /** The names that it takes from other modules, by specifier. */
  readonly wanted: Wanted;
  /** Modules of which it only exports names again. */
  readonly forwards: ReadonlySet<string>;
}

type Known = Pick<File, 'path' | 'types'>;

/** Reads a file. Where it does not parse, its text is left as it is, so that the compiler says what is wrong. */
export function readLocal({ path, types }: Known, source: string, options: CompilerOptions): LocalModule {
  const parsed = parseText(path, source);
  const failed = parsed.errors.some(({ severity }) => severity === 'Error');
  const format = formatOf(path, parsed);
  const nothing = { wanted: new Map(), forwards: new Set<string>() };
  if (failed) return { format, text: source, map: undefined, ...nothing };
  if (format === 'commonjs') return { format, ...withWholes(source, parsed), ...nothing };
  const typed = /\.(?:[cm]?ts|tsx)$/.test(path);
  const erased = typed ? eraseImports(source, parsed, { types, options }) : source;
  const { text, map } = withWholes(erased, typed ? parseText(path, erased) : parsed);
  const forwards = typed ? forwardedBy(parsed, options) : new Set<string>();
  return { format, text, map, wanted: wantedBy(parsed), forwards };
}

/** Decided by extension, then by package.json, then, as in Node, by whether the text can only be an ES module. */
function formatOf(path: string, { program, module }: ParsedText): 'module' | 'commonjs' {
  const extension = extname(path);
  if (extension === '.mts' || extension === '.mjs') return 'module';
  if (extension === '.cts' || extension === '.cjs') return 'commonjs';
  if (nearestType(path) === 'module') return 'module';
  const statements = program.body as readonly Node[];
  if (statements.some(({ type }) => type === 'TSExportAssignment')) return 'commonjs';
  if (statements.some(declaresRequire) || awaits(statements)) return 'module';
  if (statements.some(isModuleStatement) || !statements.some(isTypeStatement)) {
    // Where neither is there, it may be import.meta.
    return module.hasModuleSyntax ? 'module' : 'commonjs';
  }
  // Imports and exports of types alone: CommonJS only if it uses what CommonJS gives.
  const uses = valueUses(statements);
  return [...GIVEN].some((name) => uses.has(name)) ? 'commonjs' : 'module';
}

/** Whether there is an await outside of functions. */
function awaits(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(awaits);
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  const node = value as Node;
  if (/Function|^(?:Class|TS)/.test(node.type)) return false;
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) return true;
  if (node.type === 'VariableDeclaration' && node.kind === 'await using') return true;
  return Object.values(node).some(awaits);
}

function isModuleStatement(node: Node): boolean {
  return isImportOrExport(node) && !isTypeStatement(node);
}

function isTypeStatement(node: Node): boolean {
  return (
    isImportOrExport(node) &&
    ('importKind' in node ? node.importKind : 'exportKind' in node && node.exportKind) === 'type'
  );
}

function isImportOrExport({ type }: Node): boolean {
  return type === 'ImportDeclaration' || /^Export(?:Named|Default|All)Declaration$/.test(type);
}

const GIVEN = new Set(['exports', 'require', 'module', '__filename', '__dirname']);

/** `const require = …`, which CommonJS would refuse, is how modules make their own. */
function declaresRequire(node: Node): boolean {
  if (node.type !== 'VariableDeclaration' || node.kind === 'var' || node.declare) return false;
  return node.declarations.some(({ id }) => id.type === 'Identifier' && GIVEN.has(id.name));
}

function wantedBy({ module }: ParsedText): Wanted {
  const wanted = new Map<string, Set<string>>();
  const add = (specifier: string, name: string | null) => {
    const names = wanted.get(specifier) ?? new Set();
    wanted.set(specifier, names);
    if (name !== null && name !== 'default') names.add(name);
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    for (const { importName, isType } of entries) if (!isType) add(moduleRequest.value, importName.name);
  }
  for (const { moduleRequest, importName, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest !== null && !isType) add(moduleRequest.value, importName.name);
  }
  return wanted;
}
