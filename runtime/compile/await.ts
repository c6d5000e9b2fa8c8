// Lowers `await` and `yield` in coroutines: the engine returns the value at once, or the generator yields until it is
// there. Which functions are coroutines is decided in literal.ts.

import type { Node } from 'oxc-parser';
import type { Rewrite, Site } from './rewrite.ts';

/** Whether awaits at this site belong to a coroutine of ours. */
export function isLowered(site: Site): boolean {
  return site.kind === 'cell' || site.kind === 'body' || site.kind === 'stream';
}

/**
 * The texts before and after an awaited expression, as runtime/asyncio/compiled.ts expects them. `start` returns
 * `pending` where the coroutine has to wait; the coroutine then yields. `adopt` does the same, but a
 * plain value is there at once.
 */
export function awaitParts(
  rewrite: Rewrite,
  site: Site,
  line: number,
  method: 'start' | 'adopt' = 'start',
): readonly [string, string] {
  const { co, v } = rewrite.names;
  const pause = site.kind === 'cell' ? `${rewrite.names.yield}(${v})` : `yield ${v}`;
  return [`((${v} = ${co}.${method}(${line}, `, `)) === ${co}.pending ? ${pause} : ${v})`];
}

/** An awaited expression as text. */
export function awaitText(rewrite: Rewrite, site: Site, line: number, expression: string): string {
  const [open, close] = awaitParts(rewrite, site, line);
  return `${open}${expression}${close}`;
}

/** `await e`, lowered in coroutines, followed by an interrupt check in plain async functions. */
export function lowerAwait(rewrite: Rewrite, node: Node & { type: 'AwaitExpression' }, site: Site): void {
  if (isLowered(site)) {
    const [open, close] = awaitParts(rewrite, site, rewrite.line(node.start));
    rewrite.replace(node.start, node.argument.start, open);
    rewrite.after(node.end, close);
  } else if (site.kind === 'plain') {
    // The parser accepts some of these: in a class's static block, a namespace, or a parameter's default.
    rewrite.fail(node, "'await' outside async function");
  } else if (rewrite.checks && !site.cleanup) {
    rewrite.needs.add('resumed');
    rewrite.before(node.start, `${rewrite.names.own}r(`);
    rewrite.after(node.end, ')');
  }
  rewrite.children(node, site);
}

/** `yield` in a literal passed to asyncGenerator: JavaScript awaits what an asynchronous generator yields. */
export function lowerYield(rewrite: Rewrite, node: Node & { type: 'YieldExpression' }, site: Site): void {
  if (site.kind === 'stream') {
    const { co, own } = rewrite.names;
    const open = `(yield ${co}.yielded(`;
    const [start, end] = awaitParts(rewrite, site, rewrite.line(node.start), 'adopt');
    if (node.argument === null) {
      rewrite.replace(node.start, node.end, `${open}undefined))`);
    } else if (node.delegate) {
      rewrite.needs.add('delegate');
      rewrite.replace(node.start, node.argument.start, `(yield* ${own}d(${rewrite.line(node.start)}, `);
      rewrite.after(node.end, '))');
    } else {
      rewrite.replace(node.start, node.argument.start, `${open}${start}`);
      rewrite.after(node.end, `${end}))`);
    }
  }
  rewrite.children(node, site);
}
