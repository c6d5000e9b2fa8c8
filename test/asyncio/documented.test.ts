// Each export of the library, and each public member of its classes and interfaces, says in TSDoc what it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Comment, type Node, parseSync } from 'oxc-parser';

const folder = join(import.meta.dirname, '..', '..', 'runtime', 'asyncio');

interface Source {
  readonly text: string;
  readonly body: readonly Node[];
  readonly comments: readonly Comment[];
}

const sources = new Map<string, Source>();

function source(file: string): Source {
  let found = sources.get(file);
  if (found === undefined) {
    const text = readFileSync(join(folder, file), 'utf8');
    const { program, comments } = parseSync(file, text);
    found = { text, body: program.body as readonly Node[], comments };
    sources.set(file, found);
  }
  return found;
}

/** The TSDoc comment that ends where the node begins, other comments and `export` between them. */
function docOf({ text, comments }: Source, node: Node): string | undefined {
  let at = node.start;
  for (const comment of [...comments].reverse()) {
    if (comment.end > at) continue;
    if (text.slice(comment.end, at).trim() !== '') return undefined;
    if (comment.type === 'Block' && comment.value.startsWith('*')) return comment.value.slice(1).trim();
    at = comment.start;
  }
  return undefined;
}

interface Exported {
  readonly name: string;
  readonly file: string;
}

/** What index.ts exports, and from which file. */
function exported(): Exported[] {
  return source('index.ts').body.flatMap((node) => {
    if (node.type !== 'ExportNamedDeclaration' || node.source === null) return [];
    const file = node.source.value.slice(2);
    return node.specifiers.map((specifier) => ({ name: (specifier.exported as { name: string }).name, file }));
  });
}

interface Declared {
  /** The statement, with its `export`. */
  readonly statement: Node;
  readonly declaration: Node;
}

function declarations({ name, file }: Exported): Declared[] {
  return source(file).body.flatMap((statement) => {
    const declaration = (
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    ) as Node | null;
    if (declaration === null) return [];
    const { id, declarations: variables } = declaration as { id?: { name?: string }; declarations?: { id: Node }[] };
    const names = variables === undefined ? [id?.name] : variables.map((one) => (one.id as { name?: string }).name);
    return names.includes(name) ? [{ statement, declaration }] : [];
  });
}

interface Member {
  readonly type: string;
  readonly accessibility?: string | null;
  readonly override?: boolean;
  readonly computed?: boolean;
  readonly kind?: string;
  readonly key?: { readonly name?: string };
}

/** Members whose name says all, or that are the language's own. */
const PLAIN = new Set(['constructor', 'toString', 'name']);

function publicMembers(declaration: Node): Node[] {
  const { type, body } = declaration as unknown as { type: string; body?: { body?: Node[] } };
  if (type !== 'ClassDeclaration' && type !== 'TSInterfaceDeclaration') return [];
  return (body?.body ?? []).filter((node) => {
    const { accessibility, override, computed, key, kind } = node as unknown as Member;
    if (accessibility === 'private' || accessibility === 'protected' || override === true || kind === 'set')
      return false;
    return computed !== true && key?.name !== undefined && !PLAIN.has(key.name);
  });
}

function undocumented(one: Exported): string[] {
  const from = source(one.file);
  const found = declarations(one);
  const missing = found.some(({ statement }) => docOf(from, statement) !== undefined) ? [] : [one.name];
  // Overloads stand together under the doc of the first.
  const members = found.flatMap(({ declaration }) => publicMembers(declaration));
  const bare = members.filter((member) => docOf(from, member) === undefined);
  return [...missing, ...bare.map((member) => `${one.name}.${(member as unknown as Member).key?.name}`)];
}

test('every export, and every public member of what is exported, has TSDoc', () => {
  const all = exported();
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter((one) => declarations(one).length === 0)).toEqual([]);
  expect(all.flatMap(undocumented)).toEqual([]);
});

/** Without a counterpart in Python. */
const OURS = new Set([
  'type',
  'coroutine',
  'awaiting',
  'taskGroup',
  'cancelScope',
  'toThread',
  'warnings',
  'passedFrames',
]);

test('every function and class names its counterpart in Python, but for those that have none', () => {
  const silent = exported().filter((one) => {
    const from = source(one.file);
    const found = declarations(one).filter(({ declaration }) => /Class|Function/.test(declaration.type));
    if (found.length === 0 || OURS.has(one.name)) return false;
    return !found.some(({ statement }) => /Python|Trio|As \{@link/.test(docOf(from, statement) ?? ''));
  });
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test("README's table of Python and TypeScript has every function, class and value that is exported", () => {
  const readme = readFileSync(join(folder, '..', '..', 'README.md'), 'utf8');
  const table = /<!-- asyncio -->([\s\S]*)<!-- \/asyncio -->/.exec(readme)?.[1] ?? '';
  const right = [...table.matchAll(/^\|.*\|(.*)\|$/gm)].map(([, cell]) => cell).join('\n');
  const words = new Set(right.match(/\w+/g));
  const values = exported().filter((one) => declarations(one).some(({ declaration }) => !/^TS/.test(declaration.type)));
  // Where the left side has the name too, the right one may say `the same`.
  const same = [...table.matchAll(/^\|(.*)\| (?:the same).*\|$/gm)].flatMap(
    ([, cell = '']) => cell.match(/\w+/g) ?? [],
  );
  const missing = values.filter(({ name }) => !words.has(name) && !same.includes(name));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
