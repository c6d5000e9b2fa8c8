// How cells in a page import: the library's modules are the worker's own, the page offers the files beside its notebook,
// and everything else is fetched by its address.

import type { Loader } from '../loader/loader.ts';
import { addressOfOwn, createLocalFiles, type LocalFilesOptions } from './local-files.ts';

type Namespace = Readonly<Record<string, unknown>>;

/** What the loader knows of its page. */
export interface WebLoaderOptions {
  /** The address of the notebook. */
  readonly notebook: string;
  /** Specifier → address of a module that the page offers. */
  readonly offered: Readonly<Record<string, string>>;
  /** Specifier → module of the worker's own. */
  readonly own: Readonly<Record<string, Namespace>>;
  /** The files that the page reads, if it reads any. */
  readonly files?: Omit<LocalFilesOptions, 'elsewhere'> | undefined;
}

/** Makes the loader. */
export function createWebLoader({ notebook, offered, own, files }: WebLoaderOptions): Loader {
  const filename = decodeURIComponent(new URL(notebook).pathname);
  const directory = filename.slice(0, Math.max(1, filename.lastIndexOf('/')));
  const resolve = (specifier: string): string => {
    const at = offered[specifier];
    if (at !== undefined) return new URL(at, notebook).href;
    if (/^(https?|data|blob):/.test(specifier)) return specifier;
    throw new Error(`Cannot find ${unfound(specifier)}`);
  };
  const owned = new Map<string, string>();
  const elsewhere = (specifier: string): string => {
    const known = own[specifier];
    if (known === undefined) return resolve(specifier);
    const address = owned.get(specifier) ?? addressOfOwn(specifier, known);
    owned.set(specifier, address);
    return address;
  };
  const local = files && createLocalFiles({ ...files, elsewhere });
  const load = async (given: string | URL): Promise<Namespace> => {
    const specifier = `${given}`;
    const known = own[specifier];
    if (known !== undefined) return known;
    const isFile = local !== undefined && offered[specifier] === undefined && /^\.{0,2}\//.test(specifier);
    const address = isFile ? await local.address(specifier) : resolve(specifier);
    try {
      return (await import(address)) as Namespace;
    } catch (error) {
      if (!(error instanceof TypeError) || !/fetch|import/i.test(error.message)) throw error;
      throw new Error(`Cannot load '${specifier}': ${error.message}. Is there a network, and does the address exist?`);
    }
  };
  const required = (specifier: string): Namespace => {
    const known = own[specifier];
    if (known !== undefined) return known;
    throw new Error(`Cannot find ${unfound(specifier)}`);
  };
  return {
    directory,
    import: load,
    lacks: (specifier, name) => `The requested module '${specifier}' does not provide an export named '${name}'`,
    isTyped: (specifier) => specifier in own,
    require: required as unknown as NodeJS.Require,
    meta: { url: notebook, filename, dirname: directory, resolve, main: true },
    tsconfig: () => undefined,
    refresh() {},
    interrupted() {},
  };
}

/** Modules of Node that programs name without its scheme. */
const OF_NODE =
  /^(?:assert|async_hooks|child_process|cluster|crypto|dgram|dns|events|fs|http|https|module|net|os|path|perf_hooks|process|readline|stream|tls|url|v8|vm|worker_threads|zlib)(?:\/|$)/;

function unfound(specifier: string): string {
  if (specifier.startsWith('node:') || OF_NODE.test(specifier)) {
    return `'${specifier}': this notebook runs in a browser, which has no Node. Run it in JupyterLab with the kernel of cokernel.`;
  }
  if (/^\.{0,2}\//.test(specifier)) return `'${specifier}': this page came without that file.`;
  const name = specifier.replace(/^(npm|jsr):/, '');
  return `'${specifier}': a browser installs no packages. Import it by an address, such as 'https://esm.sh/${name}'.`;
}
