// The column of each box in the await graph: a waiting task stands to the left of what it waits for. In a ring that
// cannot hold for every box: there, what is held stands to the right of its holder.

import type { Edge, Node } from './nodes.ts';

/** Each box is one column to the right of the rightmost box that waits for it, except where a ring closes. */
export function columnsOf(nodes: readonly Node[], edges: readonly Edge[]): Map<string, number> {
  const after = Map.groupBy(edges, ({ from }) => from);
  const columns = new Map<string, number>();
  const ordered = depthFirst(nodes, after);
  const position = new Map(ordered.map((id, at) => [id, at]));
  for (const id of ordered) {
    if (!columns.has(id)) columns.set(id, 0);
    for (const { to } of after.get(id) ?? []) {
      const backwards = (position.get(to) ?? 0) <= (position.get(id) ?? 0);
      if (!backwards) columns.set(to, Math.max(columns.get(to) ?? 0, (columns.get(id) ?? 0) + 1));
    }
  }
  for (const { from, to } of edges) {
    const closes = (columns.get(to) ?? 0) < (columns.get(from) ?? 0);
    const isThing = nodes.some(({ id, state }) => id === from && state === undefined);
    if (closes && isThing) columns.set(from, (columns.get(to) ?? 0) + 1);
  }
  return columns;
}

/** A topological order, apart from the arrows that close rings. */
function depthFirst(nodes: readonly Node[], after: ReadonlyMap<string, readonly Edge[]>): readonly string[] {
  const entered = new Set<string>();
  const left: string[] = [];
  const awaited = new Set([...after.values()].flat().map(({ to }) => to));
  const roots = [...nodes].sort((a, b) => Number(awaited.has(a.id)) - Number(awaited.has(b.id)));
  for (const root of roots) {
    if (entered.has(root.id)) continue;
    entered.add(root.id);
    const path = [{ id: root.id, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = after.get(top.id)?.[top.next++];
      if (edge === undefined) left.push(path.pop()?.id ?? '');
      else if (!entered.has(edge.to)) {
        entered.add(edge.to);
        path.push({ id: edge.to, next: 0 });
      }
    }
  }
  return left.reverse();
}
