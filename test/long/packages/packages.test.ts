// What imports of real packages do in a cell, beside Node, a bundler and TypeScript. Installs them from npm, so only with
// --long. What TypeScript accepts and the bundler runs must give the same in a cell, without a type error.

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { npm } from '../../ci/npm.ts';
import { type Compared, compare } from './compare.ts';
import { FILES, PACKAGES, PROGRAMS } from './programs.ts';

const ifLong = process.env.COKERNEL_LONG ? test : test.skip;

ifLong(
  'an import that TypeScript accepts and a bundler runs gives the same in a cell',
  async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cokernel-packages-')));
    try {
      writeFileSync(join(folder, 'package.json'), '{ "name": "packages", "private": true }');
      const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
      const { code, stderr } = await npm(['install', ...flags, ...PACKAGES], folder);
      expect(`${code} ${stderr}`).toMatch(/^0 /);
      const compared = await compare(folder, PROGRAMS, FILES);
      const judged = compared.filter(({ accepted, bundled }) => accepted && !bundled.startsWith('!'));
      const right = judged.filter(({ bundled, cell, told }) => cell === bundled && told === '');
      console.info(
        `${versions(folder)}\n${compared.map(line).join('\n')}\n${right.length} of ${judged.length} are right`,
      );
      expect(judged.filter((each) => !right.includes(each))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  1_800_000,
);

function line({ program, accepted, node, bundled, cell, told }: Compared): string {
  return `${program}\n  tsc ${accepted ? 'accepts' : 'refuses'} | node ${node} | bundled ${bundled} | cell ${cell} ${told}`;
}

function versions(folder: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return Object.entries(dependencies).flat().join(' ');
}
