// What catches errors in a cell: a message of V8's that names a name of the notebook is worded as the person wrote it
// before their code sees it.

import type { CallExpression, CatchClause, Node } from 'oxc-parser';
import { boundNames } from './bound-names.ts';
import { find } from './erase-types.ts';
import type { AnyFunction } from './plain-functions.ts';
import type { Rewrite, Site } from './rewrite.ts';

/**
 * Transforms a clause: `catch (e) {` → `catch (e) { __cell.said(e);`. A pattern takes apart what `said` returns:
 * `catch ({ message }) {` → `catch (__cke1) { let { message } = __cell.said(__cke1);`.
 */
export function visitCatch(rewrite: Rewrite, node: CatchClause, site: Site): void {
  const { param, body } = node;
  if (param && rewrite.target === 'cell') {
    const said = `${rewrite.names.cell}.said`;
    if (param.type === 'Identifier') rewrite.edits.appendLeft(body.start + 1, ` ${said}(${param.name});`);
    else {
      const caught = `${rewrite.names.own}e${rewrite.next()}`;
      const close = find(rewrite.source, ')', param.end);
      rewrite.before(param.start, `${caught}) { let `);
      rewrite.replace(close, close + 1, '');
      rewrite.replace(body.start, body.start + 1, '');
      rewrite.after(param.end, ` = ${said}(${caught});`);
    }
  }
  rewrite.ancestors.push(node);
  rewrite.scopes.within(param ? boundNames(param) : [], () => {
    rewrite.visit(param, site);
    rewrite.visit(body, site);
  });
  rewrite.ancestors.pop();
}

/** The same in a function that is written where a promise takes it: `p.catch((e) => …)`, `p.then(f, (e) => …)`. */
export function rewordInHandler(rewrite: Rewrite, call: CallExpression): void {
  const handler = handlerOf(call);
  const [param] = handler?.params ?? [];
  const { body } = handler ?? {};
  if (rewrite.target !== 'cell' || !handler || !param || !body || handler.params.length > 1) return;
  const said = `${rewrite.names.cell}.said`;
  if (param.type === 'ObjectPattern' || param.type === 'ArrayPattern') {
    const caught = `${rewrite.names.own}e${rewrite.next()}`;
    rewrite.before(param.start, `${caught}, `);
    rewrite.after(param.end, ` = ${said}(${caught})`);
  } else if (param.type !== 'Identifier') return;
  else if (body.type === 'BlockStatement') {
    rewrite.edits.appendLeft(body.start + 1, ` ${said}(${param.name});`);
  } else {
    rewrite.before(body.start, `(${said}(${param.name}), `);
    rewrite.after(body.end, ')');
  }
}

function handlerOf({ callee, arguments: given }: CallExpression): AnyFunction | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined;
  const { name } = callee.property;
  const handler: Node | undefined = name === 'catch' ? given[0] : name === 'then' ? given[1] : undefined;
  return handler?.type === 'ArrowFunctionExpression' || handler?.type === 'FunctionExpression' ? handler : undefined;
}
