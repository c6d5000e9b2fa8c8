// `npm run docs`: the pages of the library's API, made by typedoc from the sources, in build/docs. Fails on a link that
// leads nowhere. Runs under Node 20.

import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { main, Sentence, say, skipped, step } from './say.mjs';
import { npm, packages } from './setup/packages.mjs';
import { at } from './setup/places.mjs';

const tools = at('build', 'docs-tools');
const lists = ['package.json', 'package-lock.json'];

await main(async () => {
  await packages();
  await typedocItself();
  const entries = publicEntries();
  const typedoc = await import(pathToFileURL(`${tools}/node_modules/typedoc/dist/index.js`).href);
  return await step('writing the API pages', () => pages(typedoc, entries));
});

/**
 * typedoc and a TypeScript of its own, in build/docs-tools. It reads programs through the JavaScript API of the
 * compiler, which ended with TypeScript 6; ours is 7. As a peer dependency that one cannot lie beneath typedoc in our
 * own node_modules, so they have a folder, and a lock file, to themselves: .ci/docs.
 */
async function typedocItself() {
  const text = (folder) => lists.map((name) => existsSync(`${folder}/${name}`) && readFileSync(`${folder}/${name}`));
  const same = String(text(tools)) === String(text(at('.ci', 'docs')));
  if (same && existsSync(`${tools}/node_modules/typedoc/package.json`)) return skipped('typedoc');
  mkdirSync(tools, { recursive: true });
  for (const name of lists) cpSync(at('.ci', 'docs', name), `${tools}/${name}`);
  await step('installing typedoc', () => npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], tools));
}

/** The source of each module that the package exports, with the name by which it is imported. */
function publicEntries() {
  const { name, exports } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  return Object.entries(exports).flatMap(([key, target]) => {
    const source = target.types?.replace(/^\.\/dist\/(.*)\.d\.ts$/, '$1.ts');
    return source ? [{ name: `${name}${key.slice(1)}`, source }] : [];
  });
}

async function pages({ Application, Converter }, entries) {
  const app = await Application.bootstrapWithPlugins({
    name: 'cokernel',
    entryPoints: entries.map(({ source }) => at(source)),
    tsconfig: at('tsconfig.json'),
    basePath: at(),
    displayBasePath: at(),
    readme: at('.ci', 'docs', 'index.md'),
    excludeInternal: true,
    excludePrivate: true,
    disableSources: true,
    // `npm run check` has told the type errors already, by the TypeScript that counts.
    skipErrorChecking: true,
    validation: { invalidLink: true, invalidPath: true, notDocumented: false, notExported: false },
    logLevel: 'Warn',
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => nameModules(project, entries));
  const project = await app.convert();
  if (!project) throw new Sentence('typedoc could not read the sources; what it found is above.');
  app.validate(project);
  const { errorCount, validationWarningCount } = app.logger;
  if (errorCount + validationWarningCount > 0) {
    throw new Sentence(`${errorCount + validationWarningCount} links or names lead nowhere; they are listed above.`);
  }
  await app.generateDocs(project, at('build', 'docs'));
  say('The pages are in build/docs; build/docs/index.html is the first.');
  return app.logger.errorCount > 0 ? 1 : 0;
}

/** typedoc calls a module by the path of its file. A reader knows it by the name that an import has. */
function nameModules(project, entries) {
  for (const module of project.children ?? []) {
    const found = entries.find(({ source }) => source.replace(/(\/index)?\.ts$/, '') === module.name);
    if (!found) throw new Sentence(`typedoc has a module ${module.name}, which is no entry of package.json.`);
    module.name = found.name;
  }
}
