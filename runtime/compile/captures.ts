// What an arrow function takes from the function around it (`this`, `arguments`, `new.target`, `super`): it is passed
// to the generator function that the arrow function becomes.

import type { AssignmentExpression, CallExpression, Node, UpdateExpression } from 'oxc-parser';
import { find } from './erase-types.ts';
import type { Capture, Rewrite, Site } from './rewrite.ts';

const SUFFIX: Readonly<Record<Capture, string>> = {
  this: 't',
  arguments: 'a',
  target: 'n',
  super: 's',
  superSet: 'u',
};

/** The captures' values outside of lowered arrow functions. */
const OUTSIDE: Readonly<Record<Capture, string>> = {
  this: 'this',
  arguments: 'arguments',
  target: 'new.target',
  super: '(k) => super[k]',
  superSet: '(k, v) => super[k] = v',
};

/** The expression for a capture inside a lowered arrow function. */
export function captured(rewrite: Rewrite, site: Site, capture: Capture): string {
  site.captures?.add(capture);
  const name = `${rewrite.names.own}${SUFFIX[capture]}`;
  // A function, because `this` may not exist yet: in a constructor before super().
  return capture === 'this' ? `${name}()` : name;
}

/** Whether a node begins what `new` makes an instance of: its replacement must not look like `new`'s own call. */
export function isNewed(ancestors: readonly Node[], node: Node): boolean {
  let child = node;
  for (let depth = ancestors.length - 1; depth >= 0; depth--) {
    const parent = ancestors[depth] as Node;
    if (parent.type === 'NewExpression') return parent.callee === child;
    if (parent.type !== 'MemberExpression' && parent.type !== 'TSNonNullExpression') return false;
    if (parent.type === 'MemberExpression' && parent.object !== child) return false;
    child = parent;
  }
  return false;
}

/** The parameters and arguments of the arrow function that passes a lowered literal its captures. */
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

/** `super.x = v` in a lowered arrow function. Other assignments to super cannot be passed in, and fail. */
export function lowerSuperAssignment(
  rewrite: Rewrite,
  node: AssignmentExpression | UpdateExpression,
  site: Site,
): boolean {
  const target = node.type === 'UpdateExpression' ? node.argument : node.left;
  if (site.captures === undefined || target.type !== 'MemberExpression' || target.object.type !== 'Super') return false;
  if (node.type === 'UpdateExpression' || node.operator !== '=') {
    rewrite.fail(node, `a coroutine cannot change super in place: write super.x = super.x ${node.operator[0]} …`);
  }
  const call = captured(rewrite, site, 'superSet');
  if (target.computed) {
    rewrite.replace(target.start, target.property.start, `${call}(`);
    rewrite.visit(target.property, site);
    rewrite.replace(target.property.end, node.right.start, ', ');
  } else {
    const name = target.property.type === 'Identifier' ? target.property.name : '';
    rewrite.replace(target.start, node.right.start, `${call}(${JSON.stringify(name)}, `);
  }
  rewrite.after(node.end, ')');
  rewrite.visit(node.right, site);
  return true;
}
