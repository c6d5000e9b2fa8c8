// Marks every place of the library where V8 may end its code: where a function begins, where a loop iterates, and where a
// generator is resumed. Between two of them code runs to the end of its stretch. An esbuild plugin, on the sources.

import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import MagicString from 'magic-string';
import { parseSync } from 'oxc-parser';

const library = fileURLToPath(new URL('../../../runtime/asyncio', import.meta.url));

/** Lets each marked place of the library call the global `__reached(place)`, and `__resumed(value, place)` at a yield. */
export const instrument: Plugin = {
  name: 'instrument',
  setup(build) {
    build.onLoad({ filter: /[\\/]runtime[\\/]asyncio[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: marked(relative(library, path), text), loader: 'ts' };
    });
  },
};

type Node = { readonly type: string; readonly start: number; readonly end: number } & Record<string, unknown>;

function marked(file: string, text: string): string {
  const code = new MagicString(text);
  const place = ({ start }: Node, what: string): string =>
    JSON.stringify(`${file}:${text.slice(0, start).split('\n').length} ${what}`);
  const enter = (block: Node, at: string): void => void code.appendLeft(block.start + 1, `__reached(${at});`);
  const wrap = (node: Node, before: string, after: string): void => {
    code.appendLeft(node.start, before);
    code.prependRight(node.end, after);
  };
  walk(parseSync(path(file), text).program as unknown as Node, '', (node, name) => {
    const body = node.body as Node | null | undefined;
    if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type) && body) {
      if (/^(BlockStatement|FunctionBody)$/.test(body.type) && text[body.start] === '{') enter(body, place(node, name));
      else wrap(body, `(__reached(${place(node, name)}),`, ')');
    }
    if (/^(For|While|DoWhile).*Statement$/.test(node.type) && body) {
      if (body.type === 'BlockStatement') enter(body, place(node, 'turns'));
      else wrap(body, `{__reached(${place(node, 'turns')});`, '}');
    }
    if (node.type === 'YieldExpression') wrap(node, '__resumed(', `,${place(node, 'resumed')})`);
  });
  return code.toString();
}

function path(file: string): string {
  return join(library, file);
}

/** Visits each node, with the name that is nearest around it. */
function walk(value: unknown, name: string, visit: (node: Node, name: string) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, name, visit);
  if (typeof value !== 'object' || value === null || typeof (value as Node).type !== 'string') return;
  const node = value as Node;
  const key = (node.key ?? node.id) as { readonly name?: string } | null | undefined;
  const inner = key?.name ?? name;
  visit(node, inner);
  for (const [field, child] of Object.entries(node)) if (field !== 'parent') walk(child, inner, visit);
}
