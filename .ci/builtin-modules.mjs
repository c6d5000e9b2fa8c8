// An esbuild plugin: what the sources import from node: modules is taken by process.getBuiltinModule. An import statement
// has Node read each export of the module, and with it load what the exports lead to lazily: 5 ms of processor time for
// node:fs, 4 for node:util, in both processes of each kernel.

import { isBuiltin } from 'node:module';

const NAMESPACE = 'builtin-module';

/** The plugin. Modules that are imported dynamically stay imports. */
export const builtinModules = {
  name: NAMESPACE,
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind }) =>
      kind === 'import-statement' && isBuiltin(path) ? { path, namespace: NAMESPACE } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({ contents: source(path), loader: 'js' }));
  },
};

/** A module with the same exports. Each is read only where it is used, for esbuild drops what is pure and unused. */
function source(path) {
  const names = Object.keys(process.getBuiltinModule(path)).filter((name) => name !== 'default');
  return [
    `const exported = /* @__PURE__ */ getBuiltinModule(${JSON.stringify(path)});`,
    'export default exported;',
    ...names.map((name) => `export const ${name} = /* @__PURE__ */ (() => exported.${name})();`),
  ].join('\n');
}
