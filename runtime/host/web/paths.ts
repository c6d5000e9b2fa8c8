// Paths as a page has them: those of its addresses, with `/` alone.

/** The last part of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path without its last part. */
export function dirname(path: string): string {
  const end = path.lastIndexOf('/');
  if (end === -1) return '.';
  return end === 0 ? '/' : path.slice(0, end);
}

/** `.svg` of `trace.svg`; '' where the name has no dot but at its start. */
export function extname(path: string): string {
  return /[^/](\.[^./]*)$/.exec(path)?.[1] ?? '';
}

/** The path from the root, without `.` and `..`. */
export function resolve(...paths: readonly string[]): string {
  const parts: string[] = [];
  const begin = paths.findLastIndex((path) => path.startsWith('/'));
  for (const part of paths.slice(Math.max(begin, 0)).join('/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The path of an address. */
export function fileURLToPath(address: string | URL): string {
  return decodeURIComponent(new URL(address).pathname);
}
