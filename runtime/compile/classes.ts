// Classes: removes modifiers and other TypeScript, and visits each part in the scope that it runs in.

import type { AccessorProperty, Class, MethodDefinition, Node, PropertyDefinition, StaticBlock } from 'oxc-parser';
import { tellClass, tellMember } from './design-types.ts';
import { eraseModifiers, find } from './erase-types.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { blockNames } from './scopes.ts';

type Field = PropertyDefinition | AccessorProperty;
type Member = MethodDefinition | Field | StaticBlock;

const NOWHERE: Site = { kind: 'plain', cleanup: false };

/** Whether a class, a member of it or a parameter has a decorator. Older decorators are for declared classes only. */
export function isDecorated({ decorators, body }: Class): boolean {
  return decorators.length > 0 || body.body.some(isDecoratedMember);
}

function isDecoratedMember(member: Node): boolean {
  if ('decorators' in member && (member.decorators as readonly Node[]).length > 0) return true;
  if (member.type !== 'MethodDefinition' || !('params' in member.value)) return false;
  return member.value.params.some((parameter) => 'decorators' in parameter && (parameter.decorators?.length ?? 0) > 0);
}

/** Transforms a class, declared or not. */
export function visitClass(rewrite: Rewrite, node: Class, site: Site): void {
  if (node.abstract === true) {
    // Whoever removes types: a class of a cell becomes an expression, which cannot be abstract.
    eraseModifiers(rewrite, afterDecorators(node), node.id?.start ?? node.body.start, rewrite.replace);
  }
  tellClass(rewrite, node, afterDecorators(node));
  rewrite.ancestors.push(node);
  for (const decorator of node.decorators) rewrite.visit(decorator, site);
  rewrite.visit(node.typeParameters, site);
  const name = node.id ? [node.id.name] : [];
  rewrite.scopes.within(name, () => rewrite.visit(node.superClass, site));
  rewrite.visit(node.superTypeArguments, site);
  const { implements: contracts } = node;
  const last = contracts?.at(-1);
  if (last) {
    const from = node.superTypeArguments?.end ?? node.superClass?.end ?? node.typeParameters?.end ?? node.id?.end;
    rewrite.erase(from ?? node.start + 'class'.length, last.end, ' ');
  }
  rewrite.scopes.within(name, () => rewrite.visit(node.body, site));
  rewrite.ancestors.pop();
}

/**
 * Transforms a member. Code that runs with the instance's or the class's `this` uses no captures of an arrow around.
 */
export function visitMember(rewrite: Rewrite, node: Member, site: Site): void {
  const inside: Site = { ...site, kind: 'plain', cleanup: false, captures: undefined };
  if (node.type === 'StaticBlock') {
    const names = ['arguments', ...blockNames(node.body, true)];
    rewrite.scopes.within(names, () => rewrite.children(node, inside));
    return;
  }
  tellMember(rewrite, node, afterDecorators(node));
  if ((node.type === 'PropertyDefinition' && node.declare === true) || isSignature(node)) {
    // esbuild calls the decorators of a declared field, and removes the rest of it.
    for (const decorator of node.decorators) rewrite.visit(decorator, site);
    if (node.decorators.length === 0) rewrite.erase(node.start, node.end, '');
    return;
  }
  if (node.type === 'AccessorProperty' || (rewrite.assignsFields && node.type === 'PropertyDefinition'))
    rewrite.needs.add('esbuild');
  eraseModifiers(rewrite, afterDecorators(node), node.key.start);
  rewrite.ancestors.push(node);
  for (const decorator of node.decorators) rewrite.visit(decorator, site);
  if (node.computed) rewrite.visit(node.key, site);
  if (node.type === 'MethodDefinition') {
    if (node.optional === true) eraseOptional(rewrite, node);
    rewrite.visit(node.value, inside);
  } else {
    eraseFieldType(rewrite, node as Field);
    const when = node.static ? inside : { ...inside, later: true };
    rewrite.scopes.within(['arguments'], () => rewrite.visit(node.value, when));
    // Without its type or `!`, a field could otherwise continue on the next line.
    if (rewrite.source.charCodeAt(node.end - 1) !== 59) rewrite.after(node.end, ';');
  }
  rewrite.ancestors.pop();
}

function isSignature(node: Exclude<Member, StaticBlock>): boolean {
  return node.type === 'MethodDefinition' && node.value.type === 'TSEmptyBodyFunctionExpression';
}

function eraseFieldType(rewrite: Rewrite, node: Field): void {
  const type = node.typeAnnotation;
  if (node.optional !== true && node.definite !== true) {
    rewrite.visit(type, NOWHERE);
    return;
  }
  const from = keyEnd(rewrite, node);
  rewrite.erase(from, type?.end ?? find(rewrite.source, node.optional ? '?' : '!', from) + 1, '');
}

function eraseOptional(rewrite: Rewrite, node: MethodDefinition): void {
  const mark = find(rewrite.source, '?', keyEnd(rewrite, node));
  rewrite.erase(mark, mark + 1, '');
}

function keyEnd(rewrite: Rewrite, node: Field | MethodDefinition): number {
  return node.computed ? find(rewrite.source, ']', node.key.end) + 1 : node.key.end;
}

function afterDecorators(node: Field | MethodDefinition | Class): number {
  return node.decorators.at(-1)?.end ?? node.start;
}
