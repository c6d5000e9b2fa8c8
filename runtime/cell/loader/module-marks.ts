// The calls by which a running local module reports that it began and that it reached its end.
// module-text.ts writes these calls into the module; import-graph.ts draws the conclusions.

import { fileURLToPath } from 'node:url';
import { withoutVersion } from './hooks.ts';
import type { Graph } from './import-graph.ts';
import { membersOf } from './interop.ts';

/** The symbol under which modules find these functions on globalThis; the text of each module names it. */
export const MARKS = Symbol.for('cokernel.loader');

/** Makes the functions of this process. `url` is the instance's own, as Node knows it. */
export function createMarks(graph: Graph) {
  const nodeOf = (url: string) => graph.nodes.get(fileURLToPath(url));

  /** Called before anything else of the module runs. */
  function begin(meta: ImportMeta, url: string): void {
    show(meta, url);
    const node = nodeOf(url);
    if (node === undefined) return;
    if (node.unfinished.has(url)) node.unfinished.set(url, 'begun');
    const { version } = node;
    // A dynamic import in a local file may fail unnoticed; Node's own promise for the same instance reports it.
    import(url).catch(() => {
      if (node.version === version) graph.renew(node);
    });
  }

  function end(url: string): void {
    nodeOf(url)?.unfinished.delete(url);
  }

  /** What `import()` gives in a local file. */
  async function imported(namespace: Promise<Parameters<typeof membersOf>[0]>) {
    return membersOf(await namespace);
  }

  return { begin, end, membersOf, imported };
}

/** Gives the module an import.meta that shows no version. */
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

/** What import.meta.resolve returns if there is no file: as in Node, a path resolves whether or not it exists. */
export function unfound(specifier: string, base: string, error: unknown): string {
  if (/^\.{0,2}\//.test(specifier) || URL.canParse(specifier)) return new URL(specifier, base).href;
  throw error;
}
