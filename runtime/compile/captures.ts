// What an arrow function takes from around it (`this`, `arguments`, `new.target`, `super`), handed to the generator
// function that it becomes.

import type { CallExpression, Node } from 'oxc-parser';
import type { Capture, Rewrite, Site } from './rewrite.ts';
import { find } from './types.ts';

const SUFFIX: Readonly<Record<Capture, string>> = {
  this: 't',
  arguments: 'a',
  target: 'n',
  super: 's',
  superSet: 'u',
};

/** What the captures are where no lowered arrow function is around. */
const OUTSIDE: Readonly<Record<Capture, string>> = {
  this: 'this',
  arguments: 'arguments',
  target: 'new.target',
  super: '(k) => super[k]',
  superSet: '(k, v) => super[k] = v',
};

/** The expression for a captured thing inside a lowered arrow function. */
export function captured(rewrite: Rewrite, site: Site, capture: Capture): string {
  site.captures?.add(capture);
  const name = `${rewrite.names.own}${SUFFIX[capture]}`;
  // A function, for `this` may not be there yet: in a constructor before super().
  return capture === 'this' ? `${name}()` : name;
}

/** The parameters and arguments of the arrow function around a lowered literal that hands its captures in. */
export function captureLists(rewrite: Rewrite, outer: Site, captures: ReadonlySet<Capture>): readonly [string, string] {
  const parameters = [...captures].map((capture) => `${rewrite.names.own}${SUFFIX[capture]}`);
  const values = [...captures].map((capture) => {
    const again = outer.captures === undefined ? OUTSIDE[capture] : captured(rewrite, outer, capture);
    return capture === 'this' ? `() => ${again}` : again;
  });
  return [parameters.join(', '), values.join(', ')];
}

/** `super.method(…)` in a lowered arrow function: called with the captured `this`. */
export function lowerSuperCall(rewrite: Rewrite, node: CallExpression, site: Site): boolean {
  const { callee } = node;
  if (site.captures === undefined || callee.type !== 'MemberExpression' || callee.object.type !== 'Super') return false;
  const paren = find(rewrite.source, '(', node.typeArguments?.end ?? callee.end);
  const self = captured(rewrite, site, 'this');
  rewrite.visit(callee, site);
  const separator = node.arguments.length > 0 ? ', ' : '';
  rewrite.replace(callee.end, paren + 1, `${node.optional ? '?.' : '.'}call(${self}${separator}`);
  rewrite.ancestors.push(node);
  for (const argument of node.arguments) rewrite.visit(argument as Node, site);
  rewrite.ancestors.pop();
  return true;
}
