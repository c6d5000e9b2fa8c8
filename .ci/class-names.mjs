// Classes that a cell can print have the names that their sources give them.

/** The head of an exported class, up to its brace. */
const HEAD = /^export (?:abstract )?class (\w+)\b[^{]*\{/gm;

/**
 * The source with a line in each exported class that names it. esbuild turns `class Task` into `var Task = class _Task`
 * if it mentions itself, and calls it Event2 where a bundle also uses the browser's Event; people would see that.
 */
export function withClassNames(source) {
  return source.replace(
    HEAD,
    (head, name) => `${head} static { Object.defineProperty(this, 'name', { value: '${name}' }); }`,
  );
}
