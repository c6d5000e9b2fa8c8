// `npm run screenshot`: the set-up, then the browser's tests, whose pictures of a notebook's trace and of the debugger
// become those of README and docs/debugger.md.
// Runs under Node 20 with nothing installed.

import { copyFileSync, statSync } from 'node:fs';
import { run } from './command.mjs';
import { main, Sentence, say } from './say.mjs';
import { built } from './setup/built.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

const LARGEST = 300_000;
/** A test's picture → its name in .ci. */
const PICTURES = [
  ['trace.png', 'screenshot.png'],
  ['debugger-tasks-Light.png', 'debugger.png'],
];

await main(async () => {
  await packages();
  await built();
  await environment('lab', 'test');
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  jest.push(at('node_modules', 'jest', 'bin', 'jest.js'), 'test/browser');
  const { code } = await run(projectNode(), jest, { env: childEnvironment(), cwd: at() });
  if (code !== 0) throw new Sentence('The browser tests failed, so the pictures in .ci are as they were.');
  for (const [picture, name] of PICTURES) {
    const from = at('build', 'screenshots', picture);
    const { size } = statSync(from);
    if (size > LARGEST)
      throw new Sentence(`${from} has ${size} bytes; a page's picture should have at most ${LARGEST}.`);
    copyFileSync(from, at('.ci', name));
    say(`.ci/${name} is new (${Math.round(size / 1000)} kB).`);
  }
  say('The other pictures are in build/screenshots.');
  return 0;
});
