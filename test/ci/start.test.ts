// `npm start` from the outside: the address it prints is a JupyterLab that knows the kernel, and it ends in order.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { testWithPython } from '../python.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

testWithPython(
  'npm start prints the address of a JupyterLab that knows the kernel, skips what is done, and ends on a signal',
  async () => {
    rmSync(join(root, 'my-lessons', '04-who-runs-next.ipynb'), { force: true });
    const child = spawn(process.execPath, ['.ci/start.mjs', '--no-browser', '--ServerApp.port=0'], { cwd: root });
    let printed = '';
    const address = new Promise<URL>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk;
        const found = /JupyterLab: (http\S+)\n/.exec(printed)?.[1];
        if (found) resolve(new URL(found));
      });
      child.once('close', () => reject(new Error(`It ended early:\n${printed}`)));
    });
    const closed = once(child, 'close');
    try {
      const { origin, pathname, searchParams } = await address;
      expect(pathname).toBe('/lab/tree/README.md');
      expect(existsSync(join(root, 'my-lessons', '04-who-runs-next.ipynb'))).toBe(true);
      expect(printed).toContain('npm packages: skipped, up to date');
      const headers = { Authorization: `token ${searchParams.get('token')}` };
      const specs = (await (await fetch(`${origin}/api/kernelspecs`, { headers })).json()) as Kernelspecs;
      expect(specs.kernelspecs.cokernel?.spec).toMatchObject({ language: 'typescript', interrupt_mode: 'message' });
      expect(Object.keys(specs.kernelspecs.cokernel?.resources ?? {}).sort()).toEqual(
        ['logo-32x32', 'logo-64x64', 'logo-svg'].sort(),
      );
      const asked = `${origin}/lab/api/settings/@jupyterlab/apputils-extension:notification`;
      const { schema } = (await (await fetch(asked, { headers })).json()) as { readonly schema: Schema };
      // Else it begins with a question about news.
      expect(schema.properties.fetchNews?.default).toBe('false');
    } finally {
      child.kill('SIGTERM');
    }
    expect(await closed).toEqual([0, null]);
    expect(printed).toContain('JupyterLab has ended.');
  },
  120_000,
);

interface Kernelspecs {
  readonly kernelspecs: Readonly<
    Record<string, { readonly spec: object; readonly resources: Readonly<Record<string, string>> } | undefined>
  >;
}

interface Schema {
  readonly properties: Readonly<Record<string, { readonly default: unknown } | undefined>>;
}
