// A CommonJS module as importers see it who follow bundlers' rules, which TypeScript checks by: the default export of a
// module that was compiled from an ES module (`__esModule`) is its `default`, and every property can be imported by name.
// Node's own rule is that the default is always `module.exports`, and that names are those it finds in the text.

type Members = Readonly<Record<PropertyKey, unknown>>;

/** Where Node keeps a CommonJS module's exports in its namespace. */
const EXPORTS = 'module.exports';

/** Properties that every function has by itself. */
const OF_FUNCTIONS = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);

const views = new WeakMap<Members, Members>();

/** The module's namespace, with all members if it is CommonJS; the namespace itself if it is not. */
export function membersOf(namespace: Members): Members {
  const exported = namespace[EXPORTS];
  if ((typeof exported !== 'object' || exported === null) && typeof exported !== 'function') return namespace;
  let view = views.get(exported as Members);
  if (view === undefined) {
    view = viewOf(exported as Members);
    views.set(exported as Members, view);
  }
  return view;
}

function viewOf(members: Members): Members {
  const isFunction = typeof members === 'function';
  const view = Object.create(isFunction ? Object.prototype : Object.getPrototypeOf(members));
  for (const key of Object.getOwnPropertyNames(members)) {
    if (isFunction && OF_FUNCTIONS.has(key)) continue;
    const { get, value, enumerable } = Object.getOwnPropertyDescriptor(members, key) as PropertyDescriptor;
    // A getter loads what it stands for only when it is asked.
    const is = get === undefined ? { value } : { get: () => members[key] };
    Object.defineProperty(view, key, { ...is, enumerable, configurable: true });
  }
  const value = members.__esModule && 'default' in members ? members.default : members;
  Object.defineProperty(view, 'default', { value, enumerable: true, configurable: true });
  return view;
}

const SCHEME = 'cokernel-members:';
/** How a file's text names a module that it imports as a whole, and the export under which it then gets it. */
export const WHOLE = 'cokernel-whole:';
const WHOLE_NAME = 'cokernel whole';

/** The URL of a module between a local file and the module at `url`, which gives the names that the file wants. */
export function betweenUrl(url: string, wanted: 'whole' | readonly string[]): string {
  return SCHEME + encodeURIComponent(JSON.stringify([url, wanted]));
}

/** The text of that module; undefined for any other URL. `plain` takes our own parameters off a URL. */
export function betweenText(between: string, marks: string, plain: (url: string) => string): string | undefined {
  if (!between.startsWith(SCHEME)) return undefined;
  const [url, wanted] = JSON.parse(decodeURIComponent(between.slice(SCHEME.length))) as [string, 'whole' | string[]];
  const from = JSON.stringify(plain(url));
  const lines = [`import * as namespace from ${from};`, `const members = ${marks}.membersOf(namespace);`];
  if (wanted === 'whole') return [...lines, `export { members as ${JSON.stringify(WHOLE_NAME)} };`].join('\n');
  lines.push(`export * from ${from};`, 'export default members.default;');
  wanted.forEach((name, at) => {
    lines.push(`const $${at} = members[${JSON.stringify(name)}]; export { $${at} as ${JSON.stringify(name)} };`);
  });
  return lines.join('\n');
}

/** What stands in the file's text instead of `* as name`. */
export function wholeImport(name: string): string {
  return `{ ${JSON.stringify(WHOLE_NAME)} as ${name} }`;
}
