// Settings for editors: they agree with the formatter, and the debugger's settings name files that are there.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');

test('.editorconfig indents and breaks lines as biome.json does', () => {
  const { formatter } = JSON.parse(read('biome.json'));
  const everyFile = /^\[\*\]\n([^[]*)/m.exec(read('.editorconfig'))?.[1] ?? '';
  const settings = Object.fromEntries(
    [...everyFile.matchAll(/^(\w+) = (\w+)$/gm)].map(([, key, value]) => [key, value]),
  );
  expect(settings).toMatchObject({
    indent_style: formatter.indentStyle,
    indent_size: String(formatter.indentWidth),
    max_line_length: String(formatter.lineWidth),
  });
});

test('the settings of the debugger name programs, files and folders that are there', () => {
  const text = read('.vscode/launch.json').replaceAll(/^\s*\/\/.*$/gm, '');
  const { configurations } = JSON.parse(text) as { readonly configurations: readonly object[] };
  expect(configurations.length).toBeGreaterThan(2);
  const paths = [...text.matchAll(/"\$\{workspaceFolder\}\/([^*"]+)"/g)].map(([, path]) => `${path}`);
  expect(paths).toContain('kernel/main.ts');
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
