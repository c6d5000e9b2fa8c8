// Whether a file that is imported is a CommonJS module, which Node decides only once it loads it.

import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { isInstalled, nearestType } from './packages.ts';

/** Of files in packages, which do not change. */
const known = new Map<string, boolean>();

/** `format` is what Node knows when it has found the file. */
export function isCommonJs(path: string, format: string | null | undefined): boolean {
  if (format !== null && format !== undefined) return format === 'commonjs';
  const extension = extname(path);
  if (extension === '.cjs' || extension === '.cts') return true;
  if (extension !== '.js') return false;
  const found = known.get(path) ?? (nearestType(path) !== 'module' && !isModuleSyntax(path));
  if (isInstalled(path)) known.set(path, found);
  return found;
}

// V8's own sentences, on which Node's detection relies too; the last are for modules that make their own `require`.
const ONLY_IN_MODULES = [
  'Cannot use import statement outside a module',
  "Unexpected token 'export'",
  "Cannot use 'import.meta' outside a module",
  'await is only valid',
  ...['module', 'exports', 'require', '__filename', '__dirname'].map(
    (name) => `Identifier '${name}' has already been declared`,
  ),
];
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

function isModuleSyntax(path: string): boolean {
  const message = refusal(path)?.message ?? '';
  return ONLY_IN_MODULES.some((sentence) => message.startsWith(sentence));
}

/** V8's error where it refuses the file as CommonJS. */
export function refusal(path: string): SyntaxError | undefined {
  try {
    const text = readFileSync(path, 'utf8').replace(/^#!/, '//');
    process.getBuiltinModule('node:vm').compileFunction(text, PARAMETERS);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error : undefined;
  }
}
