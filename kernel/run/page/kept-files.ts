// What a site says to its service worker of the files that never change.

/** The global variable of the service worker that holds the list. */
export const KEPT_FILES = 'cokernelKeptFiles';

/** Path, relative to the site → SHA-256 of the file, in base64. */
export type KeptFiles = Readonly<Record<string, string>>;

/** The folder of such files, in a path relative to the site. */
export const KEPT_FOLDER = /^live-[0-9a-f]{10}\//;

/** What a page says to the service worker: these pages, and all scripts of the site, are to be there without the network. */
export interface Keep {
  /** Addresses of pages. */
  readonly keep: readonly string[];
}
