// Undefined names: the error says what to do about them.

import { afterEach, expect, test } from '@jest/globals';
import { otherRemedy, remedyFor } from '../../../runtime/cell/errors/remedy.ts';
import { cleanUp, startKernelProcess } from '../../client.ts';

afterEach(cleanUp);

const nothing = { exporter: () => undefined, leftOutBy: () => undefined };

test.each([
  ['ls', '!ls -a', /^!ls -a is a shell command of IPython.*\n.*execSync\('ls -a', /],
  ['document', 'document.title', /not run in the page.*html`/],
  ['asyncio', 'await asyncio.sleep(1)', /from 'cokernel'/],
  ['print', 'print("x")', /console\.log/],
  ['None', 'x = None', /null or undefined/],
  ['i', 'for (i of [1]) f(i)', /^To declare it: for \(const i of …\)$/],
  ['i', 'for (i = 0; i < 3; i++) {', /^To declare it: for \(let i = …; …; …\)$/],
  ['$$', '$$.png(data)', /kernel ijavascript\. Here: image\(Buffer\.from/],
  ['total', '  total = 5', /^To declare it: let total = …, or const total = …/],
])('%s is known from elsewhere', (name, line, remedy) => {
  expect(remedyFor(`${name} is not defined`, line, nothing)).toMatch(remedy);
});

test.each([
  ['constructor is not defined', 'constructor', undefined],
  ['x is not defined', '!x', '!x is a shell'],
  ['x is not defined', 'if (!x) y', undefined],
  ["Cannot access 'document' before initialization", 'document', undefined],
  ['y is not defined', '', undefined],
  ['y is not defined', 'y == 5', undefined],
  ['y is not defined', 'x = y', undefined],
])('%j at %j', (message, line, remedy) => {
  const found = remedyFor(message, line, nothing);
  if (remedy === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(remedy);
});

test.each([
  'Objects are not valid as a React child (found: object with keys {html}). If you meant to render a collection',
  "Cannot read properties of null (reading 'useState')",
])("React's error for a cell's own JSX tells how to choose React's: %s", (message) => {
  expect(otherRemedy(message, '')).toMatch('/** @jsxImportSource react */ at the top of the cell');
});

test('an error for a library name that was not imported shows the import', async () => {
  const kernel = await startKernelProcess({ env: { COKERNEL_DIAGNOSTICS: 'off' } });
  const failure = async (code: string): Promise<string> => {
    const { reply } = await kernel.client.execute(code);
    return reply.content.traceback.join('\n');
  };
  expect(await failure('await gather()')).toContain("import { gather } from 'cokernel'");
  expect(await failure('class A { m() { return replay() } }\nnew A().m()')).toContain(
    "import { replay } from 'cokernel/picture'",
  );
  expect(await failure('throw new ReferenceError("sleep is not what it was")')).not.toContain('import');
  await kernel.stop();
});
