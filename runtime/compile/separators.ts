// U+2028 and U+2029: V8 counts them as line ends; source maps and editors do not. So they must not reach V8.

import type { Node, Program } from 'oxc-parser';
import { childrenOf, type Rewrite } from './rewrite.ts';

/** Writes line and paragraph separators as escapes in strings and templates, and as newlines elsewhere. */
export function escapeSeparators(rewrite: Rewrite, program: Program): void {
  const places = placesOf(rewrite.source);
  if (places.length === 0) return;
  const quoted: Node[] = [];
  const collect = (node: Node): void => {
    if (node.type === 'TemplateElement' || (node.type === 'Literal' && typeof node.value === 'string'))
      quoted.push(node);
    else childrenOf(node).forEach(collect);
  };
  collect(program);
  quoted.sort((a, b) => a.start - b.start);
  let next = 0;
  for (const at of places) {
    while (next < quoted.length && (quoted[next] as Node).end <= at) next++;
    const inside = (quoted[next]?.start ?? Infinity) < at;
    const code = rewrite.source.charCodeAt(at).toString(16);
    rewrite.replace(at, at + 1, inside ? `\\u${code}` : '\n');
  }
}

function placesOf(source: string): number[] {
  const places: number[] = [];
  for (const separator of ['\u2028', '\u2029']) {
    for (let at = source.indexOf(separator); at !== -1; at = source.indexOf(separator, at + 1)) places.push(at);
  }
  return places.sort((a, b) => a - b);
}
