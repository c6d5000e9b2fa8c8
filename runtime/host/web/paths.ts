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

/** Whether a path starts at the root. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/');
}

/** The parts as one path, without `.` and `..` as far as that is possible. */
export function join(...parts: readonly string[]): string {
  const path = parts.filter((part) => part !== '').join('/');
  const end = path.endsWith('/') && path !== '/' ? '/' : '';
  if (isAbsolute(path)) return resolve(path) + end;
  return `${resolve('/', path).slice(1)}${end}` || '.';
}

/** The path that leads from a folder to a path. */
export function relative(from: string, to: string): string {
  const [start, end] = [from, to].map((path) =>
    resolve(path)
      .split('/')
      .filter((part) => part !== ''),
  );
  let same = 0;
  while (same < (start?.length ?? 0) && start?.[same] === end?.[same]) same += 1;
  return [...(start ?? []).slice(same).map(() => '..'), ...(end ?? []).slice(same)].join('/');
}

/** Between the parts of a path. */
export const sep = '/';

/** The folder that relative paths start from. */
export function currentFolder(): string {
  return '/';
}
