// Errors that the parser finds in a text of which it has a tree all the same. Many are TypeScript's own (a required
// parameter after an optional one, a member declared twice): the type checker tells them, and the text runs, as it does
// with esbuild. All others are errors of JavaScript.

import { visitModule } from './module-statements.ts';
import { attempt, type Parsed } from './parse.ts';
import { createRewrite } from './rewrite.ts';
import { CellSyntaxError, explained } from './syntax-error.ts';
import { type Means, translate } from './typescript.ts';
import { enter } from './visit.ts';

/** Returns where nobody but TypeScript minds. @throws CellSyntaxError with the parser's error in all other cases */
export async function settle(parsed: Parsed, means: Means): Promise<void> {
  if (parsed.doubt && !(await isFineWithoutTypes(parsed, means))) throw parsed.doubt;
}

/** Whether esbuild takes the text, and what is left without its types is JavaScript. */
async function isFineWithoutTypes(parsed: Parsed, means: Means): Promise<boolean> {
  const how = { ...means, jsx: parsed.language.endsWith('x') };
  try {
    await translate(parsed.source, how, []);
    const { edits, needs } = explained(() => erased(parsed));
    const code = needs.has('esbuild') ? (await translate(edits.toString(), how, [])).code : edits.toString();
    return attempt(code, ['js']).errors.length === 0;
  } catch (error) {
    if (error instanceof CellSyntaxError) return false;
    throw error;
  }
}

function erased(parsed: Parsed) {
  const settings = {
    target: 'module',
    checks: false,
    file: '',
    resolve: () => undefined,
    assignsFields: false,
  } as const;
  const rewrite = createRewrite(parsed, settings, enter);
  visitModule(rewrite, parsed.program);
  return rewrite;
}
