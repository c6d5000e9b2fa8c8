// jupyter_kernel_test, complete, against the built kernel.

import { join } from 'node:path';
import { expect } from '@jest/globals';
import { jupyterHome } from '../jupyter.ts';
import { runPytest, testWithPython } from '../python.ts';

testWithPython(
  "Jupyter's own suite passes whole, and skips none of its tests",
  async () => {
    const home = await jupyterHome();
    try {
      const suite = join(import.meta.dirname, 'jupyter-kernel-test.py');
      const { code, output } = await runPytest('jupyter-kernel-test', [suite, '-rs'], { env: home.env, seconds: 110 });
      if (code !== 0) throw new Error(output);
      expect(output).toMatch(/ \d+ passed/);
      expect(output).not.toMatch(/skipped|SKIPPED/);
      expect(home.running()).toEqual([]);
    } finally {
      home.remove();
    }
  },
  120_000,
);
