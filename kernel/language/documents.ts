// The files that exist only in the server's memory: their names and texts, and how the server gets them. They are never
// written to disk. Their contents are decided in ran-cells.ts and settings.ts.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Server } from './server.ts';

/** Documents in the notebook's folder, so that imports of cells resolve as they do at run time. */
export interface Documents {
  /** Sets the text of a document. The server is notified at once, or when it next starts. */
  put(name: string, text: string): void;
  /** The text of the document at this address, if it is one of ours. */
  textAt(uri: string): string | undefined;
  uri(name: string): string;
  readonly size: number;
  /**
   * Makes the server process the last change by itself. It updates a program in about a millisecond where one file
   * changed and its imports did not, but rebuilds it (12 ms and more) where two files changed between requests.
   */
  settle(name: string): void;
  /** Opens all documents in a server that has just started, once `first` has put its own. */
  replay(first: () => void): void;
}

/** What every name of ours starts with; path completion leaves such names out. */
export const PREFIX = '.cokernel-';

export function createDocuments(directory: string, server: () => Server): Documents {
  const documents = new Map<string, { text: string; version: number; open: boolean }>();
  const names = new Map<string, string>();
  const file = (name: string) => path.join(directory, name);
  const uri = (name: string) => pathToFileURL(file(name)).href;

  function open(name: string, document: { text: string; version: number; open: boolean }): void {
    document.open = server().running;
    if (!document.open) return;
    const languageId = name.endsWith('.json') ? 'json' : name.endsWith('x') ? 'typescriptreact' : 'typescript';
    const { text, version } = document;
    server().notify('textDocument/didOpen', { textDocument: { uri: uri(name), languageId, version, text } });
  }

  return {
    put(name, text) {
      const document = documents.get(name) ?? { text, version: 0, open: false };
      if (document.open && document.text === text) return;
      documents.set(name, document);
      names.set(uri(name), name);
      document.text = text;
      document.version += 1;
      if (!document.open) return open(name, document);
      const textDocument = { uri: uri(name), version: document.version };
      server().notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
    },
    textAt: (address) => documents.get(names.get(address) ?? '')?.text,
    uri,
    get size() {
      return documents.size;
    },
    settle(name) {
      // Any request brings the program up to date; this is the cheapest one.
      if (server().running) void server().ask('textDocument/foldingRange', { textDocument: { uri: uri(name) } }, 0);
    },
    replay(first) {
      for (const document of documents.values()) document.open = false;
      first();
      for (const [name, document] of documents) if (!document.open) open(name, document);
    },
  };
}
