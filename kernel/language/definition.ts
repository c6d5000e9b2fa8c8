// Finds the text of a name's definition: in an earlier cell, in the cell itself, or in a file.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Documents } from './documents.ts';
import type { Edited } from './edited.ts';
import { offsetOfPosition, type Position, type Range } from './position.ts';
import { isScope } from './ran-cells.ts';
import type { Server } from './server.ts';

interface Link {
  readonly targetUri: string;
  readonly targetRange: Range;
  readonly targetSelectionRange: Range;
}

/** What a search for a definition needs. */
export interface DefinitionQuery {
  readonly edited: Edited;
  readonly documents: Documents;
  readonly server: Server;
  readonly patience: number;
}

/** More lines than this do not help in a tooltip. */
const LINES = 200;

/** The definition of the name at `offset` in the cell; '' where there is none. */
export async function definition(query: DefinitionQuery, offset: number | undefined): Promise<string> {
  const { edited } = query;
  if (offset === undefined) return '';
  let link = await follow(query, edited.textDocument.uri, edited.position(offset));
  let text = link && (await textOf(query.documents, link.targetUri));
  // A variable of an earlier cell is declared again for later cells. Go on to the place where the person wrote it.
  if (link && text && isScope(link.targetUri)) {
    const type = /typeof [\w.$]+\.(?=[^.;]+;)/u.exec(text.slice(offsetOfPosition(text, link.targetRange.start)));
    const at = type && offsetOfPosition(text, link.targetRange.start) + type.index + type[0].length;
    link = at ? await follow(query, link.targetUri, positionIn(text, at)) : undefined;
    text = link && (await textOf(query.documents, link.targetUri));
  }
  if (!link || text === undefined) return '';
  const whole = edited.words(text.slice(...statement(text, link.targetRange)));
  const lines = whole.split('\n');
  return lines.length > LINES ? [...lines.slice(0, LINES), '…'].join('\n') : whole;
}

async function follow(
  { server, patience }: DefinitionQuery,
  uri: string,
  position: Position,
): Promise<Link | undefined> {
  const links = await server.ask<Link | readonly Link[]>(
    'textDocument/definition',
    { textDocument: { uri }, position },
    patience,
  );
  return Array.isArray(links) ? links[0] : (links as Link | undefined);
}

async function textOf(documents: Documents, uri: string): Promise<string | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  const held = documents.textAt(uri);
  return held ?? (await readFile(fileURLToPath(uri), 'utf8').catch(() => undefined));
}

/** A declarator's range, widened to include the `const` before it. */
function statement(text: string, range: Range): [number, number] {
  const start = offsetOfPosition(text, range.start);
  const keyword = /(?:export\s+)?(?:declare\s+)?(?:const|let|var)\s+$/.exec(text.slice(Math.max(0, start - 60), start));
  return [start - (keyword?.[0].length ?? 0), offsetOfPosition(text, range.end)];
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: (before.at(-1) as string).length };
}
