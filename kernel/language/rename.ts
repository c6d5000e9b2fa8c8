// In a cell, `const x = f(x)` reads the x of an earlier cell. TypeScript would report a use before the declaration, so
// such uses get another name of the same length, which keeps every offset in the cell.

import { boundNames, type Node, type Source, walk } from './read-cell.ts';

export interface Renamed {
  readonly text: string;
  /** Name → the name of its earlier version in `text`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Letters for click consonants: valid in names, one UTF-16 unit long, and unlikely in anybody's code. */
const LETTERS = ['ǀ', 'ǁ', 'ǂ', 'ǃ', 'ʘ', 'ʭ', 'ʬ', 'ʫ'];

/** Renames uses of `earlier` names that stand before the end of the cell's own declaration of the same name. */
export function rename(source: Source, earlier: (name: string) => boolean): Renamed {
  const aliases = new Map<string, string>();
  let text = source.text;
  for (const { name, end, early, kind } of source.declarations) {
    if (early || kind === 'type' || aliases.has(name) || !earlier(name)) continue;
    const letter = LETTERS.find(
      (one) => !source.mentions.has(one + name.slice(1)) && ![...aliases.values()].includes(one + name.slice(1)),
    );
    const uses = letter ? usesBefore(source.body, name, end) : [];
    if (!letter || uses.length === 0) continue;
    const alias = letter + name.slice(1);
    aliases.set(name, alias);
    for (const at of uses) text = text.slice(0, at) + alias + text.slice(at + name.length);
  }
  return { text, aliases };
}

/** Puts the person's names back into a text of the server's. */
export function restore(text: string, aliases: ReadonlyMap<string, string>): string {
  let restored = text;
  for (const [name, alias] of aliases) restored = restored.replaceAll(alias, name);
  return restored;
}

/** The offsets before `end` where the cell reads `name` itself, not later in a function. */
function usesBefore(body: readonly Node[], name: string, end: number): number[] {
  const uses: number[] = [];
  walk(body, (node, parent) => {
    if (node.start >= end || laterOrElsewhere(node) || shadows(node, name)) return false;
    if (node.type === 'Property' && node.shorthand === true) return false;
    if (parent?.type === 'VariableDeclarator' && parent.id === node) return false;
    if (node.type !== 'Identifier' || node.name !== name) return true;
    if (node.end <= end && isRead(node, parent)) uses.push(node.start);
    return false;
  });
  return uses;
}

function laterOrElsewhere(node: Node): boolean {
  return /Function|^Class(Body)$|^TS(TypeAnnotation|TypeParameter|TypeAlias|Interface|Module|Type)/.test(node.type);
}

/** Whether a nested block declares the name itself. */
function shadows(node: Node, name: string): boolean {
  const declares = (statement: unknown): boolean => {
    const { type, declarations } = (statement ?? {}) as Node;
    return (
      type === 'VariableDeclaration' && (declarations as Node[]).some(({ id }) => boundNames(id as Node).includes(name))
    );
  };
  if (node.type === 'BlockStatement') return (node.body as Node[]).some(declares);
  return /^For/.test(node.type) && (declares(node.init) || declares(node.left));
}

function isRead(node: Node, parent: Node | undefined): boolean {
  if (!parent) return true;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed === true;
  if (parent.type === 'Property') return parent.value === node || parent.computed === true;
  return !/^(Import|Export)|^(Labeled|Break|Continue)Statement$|Pattern$|^RestElement$|^(Class|TSEnum)Declaration$|^(Method|Property)Definition$|^TSEnumMember$/.test(
    parent.type,
  );
}
