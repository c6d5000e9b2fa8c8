// Packages that a notebook has installed: a page has none.

/** @throws Error always */
export function requireInstalled(name: string): unknown {
  throw new Error(`'${name}' is not installed: a browser installs nothing.`);
}
