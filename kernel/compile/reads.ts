// Where a cell reads a name that it declares only later: such a read means an earlier cell's variable. One walk finds the
// reads of all names; what the language service makes of them is in kernel/language/rename.ts.

import type { Declaration } from './declarations.ts';
import { boundNames, type Node } from './syntax-nodes.ts';

/** For each name that a cell declares with a value: the offsets where the cell itself reads it before. */
export function readsOf(
  body: readonly Node[],
  declarations: readonly Declaration[],
): readonly (readonly [string, readonly number[]])[] {
  const ends = new Map<string, number[]>();
  for (const { name, end, early, kind } of declarations) {
    if (early || kind === 'type') continue;
    const known = ends.get(name);
    if (known) known.push(end);
    else ends.set(name, [end]);
  }
  if (ends.size === 0) return [];
  const reads = new Map<string, Node[]>();
  const last = declarations.reduce((most, { end }) => Math.max(most, end), 0);
  collect(body, undefined, { ends, reads, shadowed: new Map(), last });
  return [...reads].flatMap(([name, nodes]) => {
    // If a name is declared more than once, reads behind the first declaration are of the cell's own.
    const end = ends.get(name)?.[0] as number;
    const early = nodes.filter((node) => node.end <= end).map(({ start }) => start);
    return early.length === 0 ? [] : [[name, early] as const];
  });
}

interface Search {
  /** Declared name → where its declarations end, in order. */
  readonly ends: ReadonlyMap<string, readonly number[]>;
  readonly reads: Map<string, Node[]>;
  /** How many blocks around declare the name themselves. */
  readonly shadowed: Map<string, number>;
  /** Where the last declaration ends: no read after it counts. */
  readonly last: number;
}

function collect(value: unknown, parent: Node | undefined, search: Search): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, parent, search);
    return;
  }
  if (typeof value !== 'object' || value === null || typeof (value as Node).type !== 'string') return;
  const node = value as Node;
  if (node.start >= search.last || laterOrElsewhere(node)) return;
  if (node.type === 'Property' && node.shorthand === true) return;
  if (parent?.type === 'VariableDeclarator' && parent.id === node) return;
  if (node.type === 'Identifier') {
    note(node, parent, search);
    return;
  }
  const own = declaredInside(node);
  for (const name of own) search.shadowed.set(name, (search.shadowed.get(name) ?? 0) + 1);
  for (const key in node) if (key !== 'parent') collect(node[key], node, search);
  for (const name of own) search.shadowed.set(name, (search.shadowed.get(name) as number) - 1);
}

function note(node: Node, parent: Node | undefined, { ends, reads, shadowed }: Search): void {
  const name = node.name as string;
  if (!ends.has(name) || (shadowed.get(name) ?? 0) > 0 || !isRead(node, parent)) return;
  const known = reads.get(name);
  if (known) known.push(node);
  else reads.set(name, [node]);
}

/** Code that does not run with the cell, but later in a function, or never. */
function laterOrElsewhere(node: Node): boolean {
  return /Function|^Class(Body)$|^TS(TypeAnnotation|TypeParameter|TypeAlias|Interface|Module|Type)/.test(node.type);
}

/** The variables that a nested block or loop declares itself. */
function declaredInside(node: Node): string[] {
  if (node.type === 'BlockStatement') return (node.body as Node[]).flatMap(variablesOf);
  return node.type.startsWith('For') ? [...variablesOf(node.init), ...variablesOf(node.left)] : [];
}

function variablesOf(statement: unknown): string[] {
  const { type, declarations } = (statement ?? {}) as Node;
  if (type !== 'VariableDeclaration') return [];
  return (declarations as Node[]).flatMap(({ id }) => boundNames(id as Node));
}

function isRead(node: Node, parent: Node | undefined): boolean {
  if (!parent) return true;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed === true;
  if (parent.type === 'Property') return parent.value === node || parent.computed === true;
  return !/^(?:TS)?(?:Import|Export)|^(Labeled|Break|Continue)Statement$|Pattern$|^RestElement$|^(Class|TSEnum)Declaration$|^(Method|Property)Definition$|^TSEnumMember$/.test(
    parent.type,
  );
}
