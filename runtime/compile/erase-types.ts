// Removes what only TypeScript reads, in place, so that positions stay exact and most typed cells do not need esbuild.
// What cannot simply be removed (enums, namespaces, parameter properties, decorators, JSX) is left to esbuild.

import type { Node } from 'oxc-parser';
import type { Rewrite, Site } from './rewrite.ts';

/**
 * Transforms a node that only TypeScript has. False for other nodes, and for those whose children are to be visited.
 */
export function eraseTypes(rewrite: Rewrite, node: Node, site: Site): boolean {
  switch (node.type) {
    case 'TSTypeAnnotation':
      if (site.untyped) rewrite.replace(node.start, node.end, '');
      else rewrite.erase(node.start, node.end, '');
      return true;
    case 'TSTypeParameterDeclaration':
    case 'TSTypeParameterInstantiation':
      rewrite.erase(node.start, node.end, '');
      return true;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      rewrite.erase(node.expression.end, node.end, '');
      through(rewrite, node, node.expression, site);
      return true;
    case 'TSTypeAssertion':
      // Parentheses, because `return <T>` may be followed by a line break.
      rewrite.erase(node.start, node.expression.start, '(');
      if (rewrite.compiler !== 'esbuild') rewrite.after(node.end, ')');
      through(rewrite, node, node.expression, site);
      return true;
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSNamespaceExportDeclaration':
      rewrite.erase(node.start, node.end, ';');
      return true;
    case 'TSIndexSignature':
    case 'TSAbstractMethodDefinition':
    case 'TSAbstractPropertyDefinition':
    case 'TSAbstractAccessorProperty':
      rewrite.erase(node.start, node.end, '');
      return true;
    default:
      return false;
  }
}

function through(rewrite: Rewrite, node: Node, expression: Node, site: Site): void {
  rewrite.ancestors.push(node);
  rewrite.visit(expression, site);
  rewrite.ancestors.pop();
}

/** True for a declaration that leaves nothing at run time. */
export function isAmbient(node: Node): boolean {
  switch (node.type) {
    case 'VariableDeclaration':
    case 'ClassDeclaration':
    case 'FunctionDeclaration':
    case 'TSEnumDeclaration':
      return node.declare === true;
    case 'TSModuleDeclaration':
      return node.declare || node.kind === 'global' || node.body == null || !hasValues(node.body.body);
    case 'TSImportEqualsDeclaration':
    case 'ImportDeclaration':
      return node.importKind === 'type';
    case 'ExportNamedDeclaration':
      return node.exportKind === 'type' || (node.declaration !== null && isAmbient(node.declaration));
    case 'ExportAllDeclaration':
      return node.exportKind === 'type';
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSNamespaceExportDeclaration':
      return true;
    case 'ExportDefaultDeclaration':
      return isAmbient(node.declaration);
    default:
      return false;
  }
}

function hasValues(statements: readonly Node[]): boolean {
  return statements.some((statement) => !isAmbient(statement));
}

const MODIFIERS = new Set(['public', 'private', 'protected', 'readonly', 'override', 'abstract', 'declare']);

/** Removes TypeScript's modifiers between two offsets: before a member's key, or before `class`. */
export function eraseModifiers(rewrite: Rewrite, from: number, to: number, erase = rewrite.erase): void {
  for (const { word, start, end } of wordsBetween(rewrite.source, from, to)) {
    if (MODIFIERS.has(word)) erase(start, end, '');
  }
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words in a stretch of source that holds only words, punctuation, white space and comments. */
export function wordsBetween(source: string, from: number, to: number): Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    const past = skipComment(source, at);
    if (past > at) {
      at = past;
      continue;
    }
    let end = at;
    while (end < to && isLetter(source.charCodeAt(end))) end++;
    if (end > at) words.push({ word: source.slice(at, end), start: at, end });
    at = Math.max(end, at + 1);
  }
  return words;
}

/** The first offset of a character at or after `from`, outside of comments. */
export function find(source: string, character: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== character) at = Math.max(skipComment(source, at), at + 1);
  return at;
}

function skipComment(source: string, at: number): number {
  if (source.startsWith('//', at)) {
    const end = source.indexOf('\n', at);
    return end === -1 ? source.length : end;
  }
  if (source.startsWith('/*', at)) return source.indexOf('*/', at + 2) + 2;
  return at;
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}
