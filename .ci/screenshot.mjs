// `npm run screenshot`: the set-up, then the browser's tests, whose picture of a notebook's trace becomes README's.
// Runs under Node 20 with nothing installed.

import { copyFileSync, statSync } from 'node:fs';
import { run } from './command.mjs';
import { main, Sentence, say } from './say.mjs';
import { built } from './setup/built.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

const LARGEST = 300_000;

await main(async () => {
  await packages();
  await built();
  await environment('lab', 'test');
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  jest.push(at('node_modules', 'jest', 'bin', 'jest.js'), 'test/browser');
  const { code } = await run(projectNode(), jest, { env: childEnvironment(), cwd: at() });
  if (code !== 0) throw new Sentence('The browser tests failed, so .ci/screenshot.png is as it was.');
  const picture = at('build', 'screenshots', 'trace.png');
  const { size } = statSync(picture);
  if (size > LARGEST)
    throw new Sentence(`${picture} has ${size} bytes; README's picture should have at most ${LARGEST}.`);
  copyFileSync(picture, at('.ci', 'screenshot.png'));
  say(`.ci/screenshot.png is new (${Math.round(size / 1000)} kB). The other pictures are in build/screenshots.`);
  return 0;
});
