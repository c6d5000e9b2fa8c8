// Tools that speak Jupyter, each in an environment of its own, with a notebook sent through it. Only with --long, for it
// downloads them all. What is installed and done is in .ci/ecosystem/tools.mjs.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { end } from '../cli/cokernel.ts';
import { python } from '../python.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MINUTES = 60_000;

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
  // Quarto is in no registry: the variable names a checkout.
  (name === 'quarto' && !process.env.QUARTO_CLI ? test.skip : test)(
    `a notebook that goes through ${name} is ${does}, and it ${outcome}`,
    async () => {
      const { code, stdout } = await end(process.execPath, ['.ci/ecosystem.mjs', name as string], process.env, root);
      expect([code, code === 0 ? '' : stdout]).toEqual([0, '']);
    },
    20 * MINUTES,
  );
}
