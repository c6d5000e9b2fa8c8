// Tools that speak Jupyter, each in an environment of its own, with a notebook sent through it. Only with --long, for it
// downloads them all. What is installed and done is in .ci/ecosystem/tools.mjs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
// @ts-expect-error: plain JavaScript
import { tools as untyped } from '../../.ci/ecosystem/tools.mjs';
import { end } from '../cli/cokernel.ts';
import { python } from '../python.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MINUTES = 60_000;
const tools: readonly { readonly name: string; readonly checkout?: string }[] = untyped;

/** The rows between the marks of docs/clients.md. */
function told(): readonly string[][] {
  const text = readFileSync(join(root, 'docs', 'clients.md'), 'utf8');
  const table = /<!-- ecosystem -->\n([\s\S]*)<!-- \/ecosystem -->/.exec(text)?.[1] ?? '';
  return [...table.matchAll(/^\| (.*) \|$/gm)].slice(1).map(([, row]) => (row as string).split(' | '));
}

const rows = process.env.COKERNEL_LONG && python !== undefined ? told() : [];

if (rows.length === 0) test.skip('tools that speak Jupyter', () => {});

for (const [name, , does, outcome] of rows) {
  if (outcome === 'not run') continue;
  // What is in no registry needs a checkout, which a variable names.
  const checkout = tools.find((tool) => tool.name === name)?.checkout;
  (checkout !== undefined && !process.env[checkout] ? test.skip : test)(
    `${name} ${outcome}: a notebook was ${does}`,
    async () => {
      const { code, stdout } = await end(process.execPath, ['.ci/ecosystem.mjs', name as string], process.env, root);
      expect([code, code === 0 ? '' : stdout]).toEqual([0, '']);
    },
    20 * MINUTES,
  );
}
