// `catch` in a cell: a message of V8's that names a name of the notebook is worded as the person wrote it before their
// code sees it.

import type { CatchClause } from 'oxc-parser';
import { boundNames } from './bound-names.ts';
import { find } from './erase-types.ts';
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
