// The walk over the tree: chooses the part of the transform that handles each node. The parts are in files of their
// own.

import type { Node } from 'oxc-parser';
import { lowerAwait, lowerYield } from './await.ts';
import { lowerSuperCall } from './captures.ts';
import { rewordInHandler, visitCatch } from './catch.ts';
import { visitClass, visitMember } from './classes.ts';
import { visitBlock } from './disposal.ts';
import { eraseTypes, isAmbient } from './erase-types.ts';
import { visitDynamicImport } from './imports.ts';
import { lowerLiteral } from './literal.ts';
import { visitLoop } from './loops.ts';
import { enterName } from './names.ts';
import { visitFunction } from './plain-functions.ts';
import type { Rewrite, Site } from './rewrite.ts';
import { blockNames, switchNames } from './scopes.ts';
import { dropCall, terminate } from './statements.ts';
import { visitVariables } from './variables.ts';

/** Transforms one node and the nodes inside it. */
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
      rewordInHandler(rewrite, node);
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
    case 'SwitchStatement':
      rewrite.ancestors.push(node);
      rewrite.visit(node.discriminant, site);
      rewrite.scopes.within(switchNames(node), () => {
        for (const clause of node.cases) rewrite.visit(clause, site);
      });
      rewrite.ancestors.pop();
      return;
    case 'CatchClause':
      visitCatch(rewrite, node, site);
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
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'DebuggerStatement':
      terminate(rewrite, node);
      return;
    case 'ReturnStatement':
    case 'ThrowStatement':
      terminate(rewrite, node);
      rewrite.children(node, site);
      return;
    case 'ImportExpression':
      visitDynamicImport(rewrite, node, site);
      return;
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      if (node.declare) {
        rewrite.erase(node.start, node.end, ';');
        return;
      }
      rewrite.needs.add('esbuild');
      rewrite.children(node, { kind: 'plain', cleanup: false });
      return;
    case 'TSModuleBlock':
      rewrite.scopes.within(blockNames(node.body, true), () => rewrite.children(node, site));
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
      // Only in a namespace: those of a cell or a file are handled before the walk.
      if (isAmbient(node)) rewrite.erase(node.start, node.end, ';');
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
