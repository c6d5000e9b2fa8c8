// The walk: decides for each node which part of the transform it belongs to. The parts are in files of their own.

import type { BindingIdentifier, ExpressionStatement, Node } from 'oxc-parser';
import { lowerAwait, lowerYield } from './await.ts';
import { captured, lowerSuperAssignment, lowerSuperCall } from './captures.ts';
import { visitClass, visitMember } from './classes.ts';
import { visitBlock } from './disposal.ts';
import { visitFunction } from './functions.ts';
import { lowerLiteral } from './literal.ts';
import { visitLoop } from './loops.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { eraseTypes, find, isAmbient } from './types.ts';
import { nameEnd, visitVariables } from './variables.ts';

/** Transforms one node and what is under it. */
export function enter(rewrite: Rewrite, node: Node, site: Site): void {
  if (eraseTypes(rewrite, node, site)) return;
  switch (node.type) {
    case 'AwaitExpression':
      lowerAwait(rewrite, node, site);
      return;
    case 'YieldExpression':
      lowerYield(rewrite, node, site);
      return;
    case 'CallExpression':
      if (lowerSuperCall(rewrite, node, site) || lowerLiteral(rewrite, node, site)) return;
      rewrite.children(node, site);
      return;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      visitFunction(rewrite, node, site);
      return;
    case 'ClassDeclaration':
    case 'ClassExpression':
      visitClass(rewrite, node, site);
      return;
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'StaticBlock':
      visitMember(rewrite, node, site);
      return;
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      visitLoop(rewrite, node, site);
      return;
    case 'TryStatement':
      rewrite.ancestors.push(node);
      rewrite.visit(node.block, site);
      rewrite.visit(node.handler, site);
      rewrite.visit(node.finalizer, { ...site, cleanup: true });
      rewrite.ancestors.pop();
      return;
    case 'BlockStatement':
      visitBlock(rewrite, node, site);
      return;
    default:
      enterSmall(rewrite, node, site);
      return;
  }
}

function enterSmall(rewrite: Rewrite, node: Node, site: Site): void {
  switch (node.type) {
    case 'ExpressionStatement':
      terminate(rewrite, node);
      if (rewrite.target === 'cell') dropCall(rewrite, node);
      rewrite.children(node, site);
      return;
    case 'VariableDeclaration':
      visitVariables(rewrite, node, site);
      return;
    case 'ReturnStatement':
    case 'ThrowStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'DebuggerStatement':
      terminate(rewrite, node);
      rewrite.children(node, site);
      return;
    case 'ImportExpression':
      visitDynamicImport(rewrite, node, site);
      return;
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      if (node.declare) {
        rewrite.replace(node.start, node.end, ';');
        return;
      }
      rewrite.needs.add('esbuild');
      rewrite.children(node, { kind: 'plain', cleanup: false });
      return;
    case 'TSParameterProperty':
    case 'Decorator':
      rewrite.needs.add('esbuild');
      rewrite.children(node, site);
      return;
    case 'JSXElement':
    case 'JSXFragment':
      rewrite.needs.add('esbuild').add('jsx');
      rewrite.children(node, site);
      return;
    case 'ExportNamedDeclaration':
      // In a namespace: in a cell or a file they are met before the walk.
      if (isAmbient(node)) rewrite.replace(node.start, node.end, ';');
      else rewrite.children(node, site);
      return;
    case 'TSImportEqualsDeclaration':
    case 'TSExportAssignment':
      rewrite.needs.add('esbuild');
      return;
    default:
      enterName(rewrite, node, site);
      return;
  }
}

function enterName(rewrite: Rewrite, node: Node, site: Site): void {
  switch (node.type) {
    case 'Identifier':
      eraseOptional(rewrite, node);
      if (site.captures && node.name === 'arguments') {
        rewrite.replace(node.start, node.end, captured(rewrite, site, 'arguments'));
      } else if (site.renames?.has(node.name)) {
        rewrite.replace(
          node.start,
          nameEnd(rewrite.source, node as BindingIdentifier),
          site.renames.get(node.name) as string,
        );
      }
      rewrite.children(node, site);
      return;
    case 'ThisExpression':
      if (site.captures) rewrite.replace(node.start, node.end, captured(rewrite, site, 'this'));
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
    case 'AssignmentPattern':
      keepName(rewrite, node, site);
      rewrite.children(node, site);
      return;
    case 'Property':
      visitProperty(rewrite, node, site);
      return;
    default:
      rewrite.children(node, site);
      return;
  }
}

/** A function that is the default of a renamed variable is still called after the variable. */
function keepName(rewrite: Rewrite, { left, right }: Node & { type: 'AssignmentPattern' }, site: Site): void {
  if (left.type !== 'Identifier' || site.renames?.has(left.name) !== true) return;
  const anonymous = 'id' in right ? right.id === null : false;
  if (!anonymous) return;
  rewrite.before(right.start, `({ ${left.name}: `);
  rewrite.after(right.end, ` }).${left.name}`);
}

/** Removes the `?` of an optional parameter. */
function eraseOptional(rewrite: Rewrite, node: Node): void {
  if (!('optional' in node) || (node.optional as boolean) !== true) return;
  const mark = find(rewrite.source, '?', node.start);
  rewrite.replace(mark, mark + 1, '');
}

function visitMemberAccess(rewrite: Rewrite, node: Node & { type: 'MemberExpression' }, site: Site): void {
  if (node.object.type === 'Super' && site.captures) {
    const read = captured(rewrite, site, 'super');
    if (!node.computed) {
      rewrite.replace(node.start, node.end, `${read}(${JSON.stringify(propertyName(node))})`);
      return;
    }
    rewrite.replace(node.start, node.property.start, `${read}(`);
    rewrite.visit(node.property, site);
    rewrite.replace(node.property.end, node.end, ')');
    return;
  }
  rewrite.ancestors.push(node);
  rewrite.visit(node.object, site);
  if (node.computed) rewrite.visit(node.property, site);
  rewrite.ancestors.pop();
}

function propertyName(node: Node & { type: 'MemberExpression' }): string {
  return node.property.type === 'Identifier' ? node.property.name : '';
}

function visitProperty(rewrite: Rewrite, node: Node & { type: 'Property' }, site: Site): void {
  rewrite.ancestors.push(node);
  if (node.shorthand) {
    const name = node.key.type === 'Identifier' ? node.key.name : '';
    if (site.renames?.has(name) || (site.captures && name === 'arguments')) rewrite.before(node.start, `${name}: `);
  } else if (node.computed) rewrite.visit(node.key, site);
  rewrite.visit(node.value, site);
  rewrite.ancestors.pop();
}

function visitDynamicImport(rewrite: Rewrite, node: Node & { type: 'ImportExpression' }, site: Site): void {
  if (rewrite.target === 'cell') {
    if (node.phase !== null) rewrite.fail(node, `import.${node.phase}() is not supported: write import()`);
    rewrite.replace(node.start, node.start + 'import'.length, `${rewrite.names.cell}.import`);
    if (node.options) {
      rewrite.before(node.options.start, '(');
      rewrite.after(node.options.end, ')?.with');
    }
  }
  rewrite.children(node, site);
}

/** Marks a call whose value nobody takes, so that a coroutine lost there is told at once. */
function dropCall(rewrite: Rewrite, node: ExpressionStatement): void {
  let call: Node = node.expression;
  while (call.type === 'ParenthesizedExpression' || call.type === 'ChainExpression') call = call.expression;
  if (call.type !== 'CallExpression' || call.callee.type === 'Super') return;
  const { start, end } = node.expression;
  rewrite.before(start, `${rewrite.names.co}.drop(`);
  rewrite.after(end, `, ${rewrite.line(call.start)})`);
}

/** Ends a statement that relies on a line break: what follows may begin differently after the transform. */
export function terminate(rewrite: Rewrite, node: Node): void {
  if (rewrite.source.charCodeAt(node.end - 1) !== 59) rewrite.after(node.end, ';');
}
