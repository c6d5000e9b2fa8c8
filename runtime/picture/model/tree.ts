// Who spawned whom: puts the lanes in the order in which they are drawn. Not recursive: a chain may be thousands deep.

import type { Lane } from './model.ts';

/** Each lane, with its depth, below its spawner and the spawner's earlier children. A ring of parents is cut open. */
export function inTreeOrder(lanes: readonly Omit<Lane, 'depth'>[]): Lane[] {
  const known = new Set(lanes.map(({ task }) => task));
  const children = new Map<number | null, Omit<Lane, 'depth'>[]>();
  for (const lane of lanes) {
    const parent = lane.parent !== null && lane.parent !== lane.task && known.has(lane.parent) ? lane.parent : null;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [lane]);
    else list.push(lane);
  }
  const ordered: Lane[] = [];
  const placed = new Set<number>();
  const place = (root: Omit<Lane, 'depth'>): void => {
    const stack = [{ lane: root, depth: 0 }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      if (placed.has(top.lane.task)) continue;
      placed.add(top.lane.task);
      ordered.push({ ...top.lane, depth: top.depth });
      const below = children.get(top.lane.task) ?? [];
      for (let at = below.length - 1; at >= 0; at--) {
        stack.push({ lane: below[at] as Omit<Lane, 'depth'>, depth: top.depth + 1 });
      }
    }
  };
  for (const root of children.get(null) ?? []) place(root);
  for (const lane of lanes) if (!placed.has(lane.task)) place(lane);
  return ordered;
}
