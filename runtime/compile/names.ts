// Names: those that a lowered arrow function captures, those of a top-level pattern, and identifiers that refer to
// nothing.

import type { BindingIdentifier, Node } from 'oxc-parser';
import { nameEnd } from './bound-names.ts';
import { captured, isNewed, lowerSuperAssignment } from './captures.ts';
import { find } from './erase-types.ts';
import { FLAG } from './flag.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { anonymous, NEVER_SUFFIXED, namingParts, useOf } from './uses.ts';

/** Transforms a node that may contain a name, or visits its children. */
export function enterName(rewrite: Rewrite, node: Node, site: Site): void {
  switch (node.type) {
    case 'Identifier':
      eraseOptional(rewrite, node);
      if (isUnbound(rewrite, node.name)) {
        rewrite.replace(node.start, node.end, unbound(rewrite, node.name));
      } else if (site.captures && node.name === 'arguments') {
        rewrite.replace(node.start, node.end, captured(rewrite, site, 'arguments'));
      } else if (site.renames?.has(node.name)) {
        rewrite.replace(
          node.start,
          nameEnd(rewrite.source, node as BindingIdentifier),
          site.renames.get(node.name) as string,
        );
      } else if (rewrite.target === 'cell') note(rewrite, node, site);
      rewrite.children(node, site);
      return;
    case 'ThisExpression':
      if (site.captures) rewrite.replace(node.start, node.end, around(rewrite, node, captured(rewrite, site, 'this')));
      return;
    case 'MetaProperty':
      if (node.meta.name === 'import' && rewrite.target === 'cell') {
        rewrite.replace(node.start, node.end, `${rewrite.names.cell}.meta`);
      } else if (node.meta.name === 'new' && site.captures) {
        rewrite.replace(node.start, node.end, captured(rewrite, site, 'target'));
      }
      return;
    case 'MemberExpression':
      visitMemberAccess(rewrite, node, site);
      return;
    case 'AssignmentExpression':
    case 'UpdateExpression':
      if (!lowerSuperAssignment(rewrite, node, site)) rewrite.children(node, site);
      return;
    case 'RestElement':
      eraseMark(rewrite, node);
      rewrite.children(node, site);
      return;
    case 'AssignmentPattern':
      keepName(rewrite, node, site);
      rewrite.ancestors.push(node);
      rewrite.visit(node.left, site);
      rewrite.visit(node.right, referring(site));
      rewrite.ancestors.pop();
      return;
    case 'Property':
      visitProperty(rewrite, node, site);
      return;
    default:
      rewrite.children(node, site);
      return;
  }
}

/** Notes a use of one of the notebook's names. */
function note(rewrite: Rewrite, node: Node & { readonly name: string }, site: Site): void {
  const { name } = node;
  if (rewrite.scopes.binds(name) || NEVER_SUFFIXED.has(name) || name === FLAG) return;
  const end = nameEnd(rewrite.source, node as BindingIdentifier);
  rewrite.uses.push(useOf(node, end, rewrite.ancestors, rewrite.scopes, site.later === true));
}

/** Whether a name is `arguments` outside of any function but the cell's body, which the person does not see as one. */
function isUnbound({ target, scopes }: Rewrite, name: string): boolean {
  return name === 'arguments' && target === 'cell' && !scopes.binds(name);
}

/** The text for an undeclared name: `typeof` gives undefined; anything else throws. */
function unbound({ ancestors, names }: Rewrite, name: string): string {
  const parent = ancestors.at(-1);
  return parent?.type === 'UnaryExpression' && parent.operator === 'typeof'
    ? 'void 0'
    : `${names.cell}.unbound('${name}')`;
}

/** An anonymous function that is the default of a renamed variable keeps the variable's name. */
function keepName(rewrite: Rewrite, { left, right }: Node & { type: 'AssignmentPattern' }, site: Site): void {
  if (left.type !== 'Identifier' || site.renames?.has(left.name) !== true) return;
  if (anonymous(right) === undefined) return;
  const [open, close] = namingParts(left.name);
  rewrite.before(right.start, open);
  rewrite.after(right.end, close);
}

/** The site of what a pattern evaluates: its defaults and computed keys declare nothing. */
function referring(site: Site): Site {
  return site.renames === undefined ? site : { ...site, renames: undefined };
}

/** Removes the `?` of an optional parameter. */
function eraseOptional(rewrite: Rewrite, node: Node): void {
  if (!('optional' in node) || (node.optional as boolean) !== true) return;
  const mark = find(rewrite.source, '?', node.start);
  rewrite.erase(mark, mark + 1, '');
}

/** Removes the `?` of `...rest?`, at which only TypeScript minds. The parser's tree does not have it. */
function eraseMark(rewrite: Rewrite, { argument, typeAnnotation, end }: Node & { type: 'RestElement' }): void {
  const mark = find(rewrite.source, '?', argument.end);
  if (mark < (typeAnnotation?.start ?? end)) rewrite.erase(mark, mark + 1, '');
}

function visitMemberAccess(rewrite: Rewrite, node: Node & { type: 'MemberExpression' }, site: Site): void {
  if (node.object.type === 'Super' && site.captures) {
    const read = captured(rewrite, site, 'super');
    if (!node.computed) {
      const text = `${read}(${JSON.stringify(propertyName(node))})`;
      rewrite.replace(node.start, node.end, around(rewrite, node, text));
      return;
    }
    const newed = isNewed(rewrite.ancestors, node);
    rewrite.replace(node.start, node.property.start, `${newed ? '(' : ''}${read}(`);
    rewrite.visit(node.property, site);
    rewrite.replace(node.property.end, node.end, newed ? '))' : ')');
    return;
  }
  rewrite.ancestors.push(node);
  rewrite.visit(node.object, site);
  if (node.computed) rewrite.visit(node.property, site);
  rewrite.ancestors.pop();
}

/** A call in place of a node, in parentheses where `new` would take it for its own. */
function around(rewrite: Rewrite, node: Node, call: string): string {
  return isNewed(rewrite.ancestors, node) ? `(${call})` : call;
}

function propertyName(node: Node & { type: 'MemberExpression' }): string {
  return node.property.type === 'Identifier' ? node.property.name : '';
}

function visitProperty(rewrite: Rewrite, node: Node & { type: 'Property' }, site: Site): void {
  rewrite.ancestors.push(node);
  if (node.shorthand) {
    const name = node.key.type === 'Identifier' ? node.key.name : '';
    if (site.renames?.has(name) || (site.captures && name === 'arguments') || isUnbound(rewrite, name))
      rewrite.before(node.start, `${name}: `);
  } else if (node.computed) rewrite.visit(node.key, referring(site));
  rewrite.visit(node.value, site);
  rewrite.ancestors.pop();
}
