// An await becomes a question to the coroutine engine: the value is there at once, or the generator yields.

import type { Node } from 'oxc-parser';
import type { Rewrite, Site } from './rewrite.ts';

/** True where awaits are those of our own coroutines. */
export function isLowered(site: Site): boolean {
  return site.kind === 'cell' || site.kind === 'body' || site.kind === 'stream';
}

/**
 * What goes before and after an awaited expression: the contract of runtime/asyncio/compiled.ts. `start` answers
 * `pending` where the coroutine has to wait, and that is what it must yield.
 */
export function awaitParts(rewrite: Rewrite, site: Site, line: number): readonly [string, string] {
  const { co, v } = rewrite.names;
  const pause = site.kind === 'cell' ? `${rewrite.names.yield}(${v})` : `yield ${v}`;
  return [`((${v} = ${co}.start(${line}, `, `)) === ${co}.pending ? ${pause} : ${v})`];
}

/** The await form around a text. */
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
    // The parser lets some through: in a class's static block, a namespace, or a parameter's default.
    rewrite.fail(node, "'await' outside async function");
  } else if (rewrite.checks && !site.cleanup) {
    rewrite.needs.add('resumed');
    rewrite.before(node.start, `${rewrite.names.own}r(`);
    rewrite.after(node.end, ')');
  }
  rewrite.children(node, site);
}

/** `yield` in a literal given to asyncGenerator: JavaScript awaits what an asynchronous generator yields. */
export function lowerYield(rewrite: Rewrite, node: Node & { type: 'YieldExpression' }, site: Site): void {
  if (site.kind === 'stream') {
    const { co, own } = rewrite.names;
    const open = `(yield ${co}.yielded(`;
    const [start, end] = awaitParts(rewrite, site, rewrite.line(node.start));
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
