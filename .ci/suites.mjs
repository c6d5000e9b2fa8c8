// What the Python suites counted: each leaves a JUnit file under build/suites (pytest --junitxml).

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Sums up the suites in a folder. */
export function pythonSuites(folder) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  if (!existsSync(folder)) return total;
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.xml')) continue;
    for (const [suite] of readFileSync(join(folder, name), 'utf8').matchAll(/<testsuite\s[^>]*>/g)) {
      const number = (attribute) => Number(new RegExp(`\\s${attribute}="(\\d+)"`).exec(suite)?.[1] ?? 0);
      const failed = number('failures') + number('errors');
      total.failed += failed;
      total.skipped += number('skipped');
      total.passed += number('tests') - failed - number('skipped');
    }
  }
  return total;
}
