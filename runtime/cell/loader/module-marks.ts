// What a local module says of itself as it runs: that it began, and that it reached its end.
// module-text.ts writes these calls into the module; what follows from them is import-graph.ts's affair.

import { fileURLToPath } from 'node:url';
import { withoutVersion } from './hooks.ts';
import type { Graph } from './import-graph.ts';

/** How a module finds its marks: a property of globalThis under this symbol, by name in the text of each module. */
export const MARKS = Symbol.for('cokernel.loader');

/** Makes the marks of this process. `url` is the instance's own, as Node knows it. */
export function createMarks(graph: Graph) {
  const nodeOf = (url: string) => graph.nodes.get(fileURLToPath(url));

  /** Called before anything else of the module runs. */
  function begin(meta: ImportMeta, url: string): void {
    show(meta, url);
    const node = nodeOf(url);
    if (node === undefined) return;
    if (node.unfinished.has(url)) node.unfinished.set(url, 'begun');
    const { version } = node;
    // A dynamic import in a local file fails without our knowing; Node's own promise for the same instance tells.
    import(url).catch(() => {
      if (node.version === version) graph.renew(node);
    });
  }

  function end(url: string): void {
    nodeOf(url)?.unfinished.delete(url);
  }

  return { begin, end };
}

/** Gives the module an import.meta in which no version shows. */
function show(meta: ImportMeta, url: string): void {
  const shown = withoutVersion(url);
  const { resolve } = meta;
  meta.url = shown;
  meta.resolve = (specifier) => {
    try {
      return withoutVersion(resolve(specifier));
    } catch (error) {
      return unfound(specifier, shown, error);
    }
  };
}

/** What import.meta.resolve answers for want of a file: as in Node, a path is answered whether or not there is one. */
export function unfound(specifier: string, base: string, error: unknown): string {
  if (/^\.{0,2}\//.test(specifier) || URL.canParse(specifier)) return new URL(specifier, base).href;
  throw error;
}
