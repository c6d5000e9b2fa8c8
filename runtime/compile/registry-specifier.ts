// Specifiers that name a package by its registry, as Deno writes them: `npm:lodash@4/fp`, `jsr:@std/path@1`. They mean
// the package that is installed; the version that they ask for says what to install where there is none.

/** Such a specifier in its parts. */
export interface RegistrySpecifier {
  readonly registry: 'npm' | 'jsr';
  /** `lodash`, `@std/path`. */
  readonly name: string;
  /** `4`, `^1.2 || 2`; empty where any version will do. */
  readonly range: string;
  /** `/fp`, or empty. */
  readonly subpath: string;
}

const FORM = /^(npm|jsr):\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(\/.*)?$/;

/** The parts of `npm:name@range/sub`, `jsr:@scope/name@range/sub`; undefined for anything else. */
export function registrySpecifier(specifier: string): RegistrySpecifier | undefined {
  const [, registry, name, range = '', subpath = ''] = FORM.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  return { registry: registry as 'npm' | 'jsr', name, range, subpath: subpath === '/' ? '' : subpath };
}

/** The specifier without registry and version, as Node resolves it; unchanged where it has none. */
export function bareSpecifier(specifier: string): string {
  const parts = registrySpecifier(specifier);
  return parts === undefined ? specifier : parts.name + parts.subpath;
}
