// `npm run bench`: the set-up, then the benchmark; arguments go to it. Runs under Node 20 with nothing installed.

import { run } from './command.mjs';
import { main } from './say.mjs';
import { built } from './setup/built.mjs';
import { kernelspec } from './setup/kernelspec.mjs';
import { packages } from './setup/packages.mjs';
import { at, childEnvironment, projectNode } from './setup/places.mjs';
import { environment } from './setup/python.mjs';

await main(async () => {
  await packages();
  await built();
  await environment('lab', 'test');
  await kernelspec();
  const args = [at('test', 'bench', 'main.ts'), ...process.argv.slice(2)];
  return (await run(projectNode(), args, { env: childEnvironment(), cwd: at() })).code;
});
