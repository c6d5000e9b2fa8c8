// Why an address (https:, ftp: …) cannot be imported, and the command and the import that do instead. What serves npm's
// packages by address has a package to install. Knows nothing of files.

import { registrySpecifier } from '../../compile/registry-specifier.ts';
import { coded, type Failed, inShell } from './explain.ts';

/** The error for a URL that no import can fetch. */
export function addressRefused(failed: Failed): Error {
  const { specifier } = failed;
  const scheme = specifier.slice(0, specifier.indexOf(':'));
  const lines = [`Cannot import '${specifier}', imported by ${failed.importer}: ${scheme}: imports are not supported.`];
  if (scheme === 'http' || scheme === 'https') lines.push(...insteadOf(specifier, failed.home));
  else lines.push('Supported are packages, paths, npm:, jsr:, file:, data: and node: imports.');
  return coded(lines, 'ERR_UNSUPPORTED_ESM_URL_SCHEME');
}

/** Where packages are served by address: the address in front of a package, and what of the rest an import names. */
const SERVED: readonly (readonly [before: RegExp, subpaths: boolean])[] = [
  [/^https?:\/\/(?:esm\.sh|esm\.run)\/(?:(?:v\d+|stable)\/|\*)?/, true],
  [/^https?:\/\/cdn\.skypack\.dev\//, true],
  [/^https?:\/\/(?:www\.)?unpkg\.com\//, false],
  [/^https?:\/\/cdn\.jsdelivr\.net\/npm\//, false],
  [/^https?:\/\/(?:ga|cdn)\.jspm\.io\/npm:/, false],
];

function insteadOf(address: string, home: string): string[] {
  const plain = address.replace(/[?#].*$/, '');
  const module = standardModule(plain);
  if (module !== undefined) return install(`npx jsr add ${module}`, module, home);
  for (const [before, subpaths] of SERVED) {
    if (!before.test(plain)) continue;
    const found = registrySpecifier(`npm:${plain.replace(before, '')}`);
    if (found === undefined) continue;
    const wanted = found.range === '' ? found.name : `${found.name}@${found.range}`;
    return install(`npm install ${inShell(wanted)}`, found.name + (subpaths ? found.subpath : ''), home);
  }
  const [, name, version] = /^https?:\/\/deno\.land\/x\/([\w-]+)(?:@v?([^/]+))?\//.exec(plain) ?? [];
  if (name !== undefined) return insteadOfThirdParty(name, version, home);
  const file = /[^/]*$/.exec(plain)?.[0] || 'module.ts';
  return [`Save the file (curl -o ${file} ${address}   in ${home}), then: import … from './${file}'`];
}

/** For a module of deno.land/x. Most are at npm under their own name, but nobody promises that. */
function insteadOfThirdParty(name: string, version: string | undefined, home: string): string[] {
  if (name === 'display') return ['Leave it out: display, html, svg and markdown are here without an import.'];
  if (name === 'skia_canvas') return install('npm install skia-canvas', 'skia-canvas', home);
  const wanted = version === undefined ? name : `${name}@${version}`;
  const [first = '', second = ''] = install(`npm install ${wanted}`, name, home);
  return [first.replace('Install it once', 'If npm has it'), second];
}

/** The package of Deno's standard library that an address of its old home means: `https://deno.land/std@0.200/fs/mod.ts`. */
function standardModule(address: string): string | undefined {
  const [, module] = /^https?:\/\/deno\.land\/std(?:@[^/]*)?\/([\w-]+)\//.exec(address) ?? [];
  if (module !== undefined) return `@std/${module.replaceAll('_', '-')}`;
  return /^https?:\/\/jsr\.io\/(@[\w-]+\/[\w-]+)/.exec(address)?.[1];
}

function install(command: string, bare: string, home: string): string[] {
  return [`Install it once: ${command}   (in ${home})`, `then: import … from '${bare}'`];
}
