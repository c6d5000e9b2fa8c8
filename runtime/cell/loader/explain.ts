// Why an import failed, in words: what was looked for, where, what is similar, and what to do.
// Only called once an import has failed, so it may take its time and search the disk.

import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import type { RegistrySpecifier } from '../../compile/registry-specifier.ts';
import { parseText } from '../../parser.ts';
import { EXTENSIONS, kindOf } from './candidates.ts';
import { closest } from './closest.ts';
import { nodeModulesFrom, packageName, readPackage } from './packages.ts';

/** A failed import: the specifier as written, the folder it starts from, and who imports. */
export interface Failed {
  readonly specifier: string;
  readonly directory: string;
  /** The folder in which to install what is missing. */
  readonly home: string;
  /** What stood there in place of `specifier`: a package by its registry and version. */
  readonly asked?: RegistrySpecifier;
  /** 'the notebook', or the path of a local file. */
  readonly importer: string;
  /** ERR_MODULE_NOT_FOUND for import, MODULE_NOT_FOUND for require, as in Node. */
  readonly code: string;
}

/** The error for a path without a file. */
export function fileNotFound(failed: Failed, target: string, tried: readonly string[]): Error {
  const lines = [`Cannot find the file '${failed.specifier}', imported by ${failed.importer}.`];
  if (kindOf(target) === 'folder') lines.push(`${target} is a folder without an index file.`);
  else if (kindOf(dirname(target)) !== 'folder') lines.push(`There is no folder ${dirname(target)}.`);
  lines.push(`Tried ${target}`);
  lines.push(...grouped(target, tried));
  const near = nearFile(failed, target);
  if (near !== undefined) lines.push(`Did you mean '${near}'?`);
  return coded(lines, failed.code);
}

/** The error for an installed package that lacks what is imported. */
export function packageFailed(failed: Failed, folder: string, cause: unknown): unknown {
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return notExported(failed, folder);
  const missing = ['ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT', 'MODULE_NOT_FOUND'];
  if (!missing.includes(String(code))) return cause;
  return incomplete(failed, folder, cause);
}

/** The error for a package that is not installed. */
export function packageNotFound(failed: Failed): Error {
  const name = packageName(failed.specifier);
  const lines = [`Cannot find the package '${name}', imported by ${failed.importer}.`, 'Looked in'];
  for (const at of nodeModulesFrom(failed.directory)) {
    lines.push(`  ${at}${kindOf(at) === 'folder' ? '' : ' (no such folder)'}`);
  }
  const near = nearPackage(name, failed.directory);
  const slips = beside(failed);
  if (slips.length > 0) lines.push(...slips);
  else if (near !== undefined) lines.push(`Did you mean '${near}'?`);
  lines.push(installLine(failed));
  // `tsc --init` writes "jsx": "react-jsx" for everybody.
  if (/\/jsx(-dev)?-runtime$/.test(failed.specifier)) {
    lines.push(
      `JSX asks for it, as tsconfig.json says. Without ${name}: "jsxImportSource": "cokernel" in its compilerOptions`,
    );
  }
  return coded(lines, failed.code);
}

/** Why a module of which only the types are there gives no value. An installation is advised only where it would help. */
export function typesAlone(failed: Failed, declarations: string): string {
  const lines = [`There are only types of '${failed.specifier}', in ${declarations}, and no JavaScript.`];
  const around = declarations.includes(`${sep}@types${sep}`) && declaresValues(declarations);
  if (around) lines.push(installLine(failed));
  return lines.join('\n');
}

/** The error for `#name` that the package.json in `folder` does not define for this import. */
export function importsFailed(failed: Failed, folder: string, names: readonly string[]): Error {
  const file = join(folder, 'package.json');
  const lines = [`Cannot find '${failed.specifier}', imported by ${failed.importer}.`];
  if (kindOf(file) !== 'file') lines.push(`There is no package.json in ${failed.directory} or above it to define it.`);
  else if (names.length === 0) lines.push(`${file} has no "imports" that would define it.`);
  else lines.push(`The "imports" of ${file} define ${names.join(', ')}`);
  return coded(lines, 'ERR_PACKAGE_IMPORT_NOT_DEFINED');
}

/** The error for a file that is not a module (text, styles, pictures). */
export function notAModule(path: string): Error {
  return coded(
    [
      `Cannot import ${path}: a file ending in '${extname(path)}' is no module.`,
      `Supported are ${EXTENSIONS.join(', ')}, .node and .wasm. To read it: readFileSync from 'node:fs'.`,
    ],
    'ERR_UNKNOWN_FILE_EXTENSION',
  );
}

function notExported(failed: Failed, folder: string): Error {
  const { exports, version } = readPackage(folder) ?? {};
  const name = packageName(failed.specifier);
  const subpath = `.${failed.specifier.slice(name.length)}`;
  const keys = exports !== null && typeof exports === 'object' ? Object.keys(exports) : [];
  const subpaths = keys.some((key) => key.startsWith('.')) ? keys : ['.'];
  const how = failed.code === 'MODULE_NOT_FOUND' ? 'require()' : 'import';
  const lines = [
    `The package '${name}' ${version ?? ''} does not export '${subpath}' to ${how}, imported by ${failed.importer} (${folder}).`,
    `It exports ${subpaths.map((key) => `'${name}${key.slice(1)}'`).join(', ')}`,
  ];
  if (subpaths.includes(subpath)) {
    const conditions = subpath === '.' && !keys.includes('.') ? exports : (exports as Record<string, unknown>)[subpath];
    lines.push(`but '${subpath}' only under these conditions: ${JSON.stringify(conditions)}`);
  }
  return coded(lines, 'ERR_PACKAGE_PATH_NOT_EXPORTED');
}

function incomplete(failed: Failed, folder: string, cause: unknown): Error {
  const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
  const lines = [
    `Cannot import '${failed.specifier}', imported by ${failed.importer}: the package is installed in ${folder}, but its file is missing.`,
    reason,
  ];
  const subpath = failed.specifier.slice(packageName(failed.specifier).length);
  const near = subpath === '' ? undefined : nearest(join(folder, subpath));
  if (near !== undefined) lines.push(`Did you mean '${join(dirname(failed.specifier), near).replaceAll(sep, '/')}'?`);
  else if (subpath === '') lines.push(installLine(failed, 'reinstall'));
  return coded(lines, failed.code);
}

/** The command that installs what `failed` asks for: the package, whatever of it was imported. */
function installLine({ specifier, home, asked }: Failed, verb = 'install'): string {
  const wanted = asked?.range ? `${asked.name}@${asked.range}` : packageName(specifier);
  const install = asked?.registry === 'jsr' ? 'npx jsr add' : 'npm install';
  return `To ${verb} it: ${install} ${inShell(wanted)}   (in ${home})`;
}

/** A range such as `^1 || 2` is one word of a command in quotes only. */
export function inShell(word: string): string {
  return /^[\w@./~^+-]+$/.test(word) ? word : JSON.stringify(word);
}

/** `counter.ts` without `./` looks like a package: the most common slip. */
function beside(failed: Failed): string[] {
  const target = join(failed.directory, failed.specifier);
  const exact = kindOf(target) === 'file' || EXTENSIONS.some((extension) => kindOf(target + extension) === 'file');
  return exact ? [`A file beside it is imported with './': did you mean './${failed.specifier}'?`] : [];
}

function grouped(target: string, tried: readonly string[]): string[] {
  const folders = new Map<string, string[]>();
  for (const path of tried) {
    if (path === target) continue;
    const names = folders.get(dirname(path)) ?? [];
    names.push(basename(path));
    folders.set(dirname(path), names);
  }
  return [...folders].map(([folder, names]) => `and in ${folder}: ${names.join(', ')}`);
}

function nearFile(failed: Failed, target: string): string | undefined {
  const near = nearest(target);
  if (near === undefined) return undefined;
  const path = relative(failed.directory, join(dirname(target), near)).replaceAll(sep, '/');
  return path === '' ? undefined : path.startsWith('.') ? path : `./${path}`;
}

function nearest(target: string): string | undefined {
  let names: string[];
  try {
    names = readdirSync(dirname(target));
  } catch {
    return undefined;
  }
  const wanted = basename(target);
  return closest(wanted, names) ?? closest(stem(wanted), names, stem);
}

function nearPackage(name: string, directory: string): string | undefined {
  const names: string[] = [...builtinModules];
  for (const folder of nodeModulesFrom(directory)) {
    if (kindOf(folder) !== 'folder') continue;
    for (const entry of readdirSync(folder)) {
      if (entry.startsWith('.')) continue;
      if (!entry.startsWith('@')) names.push(entry);
      else for (const scoped of readdirSync(join(folder, entry))) names.push(`${entry}/${scoped}`);
    }
  }
  return closest(name, names);
}

function stem(name: string): string {
  return name.replace(/\.[^.]+$/, '');
}

const VALUES = new Set(['VariableDeclaration', 'TSDeclareFunction', 'ClassDeclaration', 'TSEnumDeclaration']);

function declaresValues(declarations: string): boolean {
  const { program } = parseText(declarations, readFileSync(declarations, 'utf8'));
  return program.body.some((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return statement.type === 'TSExportAssignment' || VALUES.has(declared?.type ?? '');
  });
}

/** An error of several lines, with Node's code for it. */
export function coded(lines: readonly string[], code: string): Error {
  return Object.assign(new Error(lines.join('\n')), { code });
}
