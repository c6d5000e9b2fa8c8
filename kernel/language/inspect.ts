// Inspection: describes the name at the cursor or, inside a call's parentheses, the parameters of the call; with the
// documentation, the present value, and at detail level 1 the text of the definition.

import { isQuiet } from '../compile/read-cell.ts';
import { definition } from './definition.ts';
import type { Documents } from './documents.ts';
import type { Edited } from './edited.ts';
import type { Inspection, LanguageOptions } from './language.ts';
import { chainBefore, liveText } from './live-names.ts';
import type { Server } from './server.ts';

export const unknown: Inspection = { found: false, data: {}, metadata: {} };

export interface Question {
  readonly code: string;
  /** UTF-16. */
  readonly offset: number;
  readonly detail: 0 | 1;
  readonly edited: Edited;
  readonly server: Server;
  readonly documents: Documents;
  readonly live: LanguageOptions['live'];
  readonly patience: number;
}

/** The parts of a description, as Markdown; each may be ''. */
interface Said {
  readonly signature: string;
  readonly documentation: string;
}

interface SignatureHelp {
  readonly activeSignature?: number;
  readonly activeParameter?: number | null;
  readonly signatures: readonly {
    readonly label: string;
    readonly documentation?: { readonly value: string };
    readonly activeParameter?: number | null;
    readonly parameters?: readonly {
      readonly label: string | readonly [number, number];
      readonly documentation?: { readonly value: string };
    }[];
  }[];
}

/** Describes what is at the cursor. */
export async function inspect(question: Question): Promise<Inspection> {
  const at = nameAt(question.code, question.offset);
  const named = at && (await hover(question, at.start));
  const said = named ?? (await call(question, calleeAt(question)));
  const chain = at && chainBefore(question.code.slice(0, at.end));
  const path = chain ? [...chain.path, chain.prefix] : [];
  const inQuotes = question.edited.source !== undefined && isQuiet(question.edited.source, question.offset);
  const [now, source] = await Promise.all([
    path.length > 0 && !inQuotes ? liveText(path, question.live) : '',
    said && question.detail === 1 ? definition(question, named && at ? at.start : calleeAt(question)) : '',
  ]);
  if (!said && now === '') return unknown;
  return bundle(said, now, source);
}

function bundle(said: Said | undefined, now: string, source: string): Inspection {
  const fence = (text: string) => `\`\`\`typescript\n${text}\n\`\`\``;
  const parts = (join: (text: string) => string, plain: boolean): string =>
    [
      said?.signature && join(said.signature),
      said?.documentation && (plain ? plainText(said.documentation) : said.documentation),
      now && (plain ? `Now: ${now}` : `**Now:** ${now.includes('\n') ? `\n${fence(now)}` : code(now)}`),
      source && (plain ? `Definition:\n${source}` : `**Definition:**\n${fence(source)}`),
    ]
      .filter(Boolean)
      .join('\n\n');
  return {
    found: true,
    data: { 'text/plain': parts((text) => text, true), 'text/markdown': parts(fence, false) },
    metadata: {},
  };
}

async function hover({ edited, server, patience }: Question, offset: number): Promise<Said | undefined> {
  const params = { textDocument: edited.textDocument, position: edited.position(offset) };
  const answer = await server.ask<{ readonly contents: { readonly value: string } }>(
    'textDocument/hover',
    params,
    patience,
  );
  const match = /^```\w+\n([\s\S]*?)\n```\n?([\s\S]*)$/.exec(answer?.contents.value ?? '');
  if (!match) return undefined;
  const signature = edited
    .words(match[1] as string)
    .replaceAll(/^\(alias\) /gm, '')
    .replace(/\nimport \S+ = __cokernel\S*$/, '')
    .replaceAll(/import\("[^"]*\.cokernel-[^"]*"\)\./g, '');
  // The server's answer for a name that it does not know.
  if (signature === 'any') return undefined;
  return { signature, documentation: (match[2] as string).trim() };
}

async function call(question: Question, callee: number | undefined): Promise<Said | undefined> {
  const { edited, server, offset, patience } = question;
  const params = {
    textDocument: edited.textDocument,
    position: edited.position(offset),
    context: { triggerKind: 1, isRetrigger: false },
  };
  const help = await server.ask<SignatureHelp>('textDocument/signatureHelp', params, patience);
  const chosen = help?.signatures[help.activeSignature ?? 0];
  if (!help || !chosen) return undefined;
  const parameter = chosen.parameters?.[chosen.activeParameter ?? help.activeParameter ?? 0];
  const label =
    parameter && (typeof parameter.label === 'string' ? parameter.label : chosen.label.slice(...parameter.label));
  const others = help.signatures.filter((one) => one !== chosen).map((one) => edited.words(one.label));
  const wanted =
    label &&
    `▸ ${code(edited.words(label))}${parameter.documentation?.value ? `: ${parameter.documentation.value.trim()}` : ''}`;
  // A signature that is derived from another function's, as a coroutine function's is, carries no comments.
  const commented = chosen.documentation ?? parameter?.documentation;
  const about = commented || callee === undefined ? undefined : await hover(question, callee);
  return {
    signature: [edited.words(chosen.label), ...others].join('\n'),
    documentation: [wanted, chosen.documentation?.value.trim() ?? about?.documentation].filter(Boolean).join('\n\n'),
  };
}

/** Where the name of the innermost call around the cursor ends; undefined where the cell does not parse. */
function calleeAt({ edited, offset }: Question): number | undefined {
  const { source } = edited;
  if (source === undefined) return undefined;
  const at = offset + source.shift;
  // Inner calls come later.
  const callee = source.calls.findLast(([calleeEnd, end]) => calleeEnd <= at && at < end);
  return callee && callee[0] - 1 - source.shift;
}

/** The name that the cursor touches, at its end too. */
function nameAt(text: string, offset: number): { readonly start: number; readonly end: number } | undefined {
  const before =
    /[\p{ID_Continue}$\u200c\u200d]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const after = /^[\p{ID_Continue}$\u200c\u200d]*/u.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return before + after === 0 ? undefined : { start: offset - before, end: offset + after };
}

function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** The server's Markdown without its marks, for text/plain. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/^```\w*\n?/gm, '')
    .replaceAll(/\*([@\w]+)\*/g, '$1')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .trim();
}
