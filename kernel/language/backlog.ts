// What the language service has not been sent yet, in order. Bounded, because cells can run for hours without the pause
// in which it is sent: old checks are given up, and of cells whose names were all declared again nothing is kept.

import type { Diagnostic, Language, RanCell } from './language.ts';

/** How many checks are kept. Nobody reads the warnings of more cells at once, and each takes a few milliseconds. */
const MOST_CHECKS = 500;
/** How many messages more than after the last clearing up there may be before the next. */
const ROOM = 1000;

/** One message; its answer tells when the next may be sent. */
export interface Message {
  send(language: Language): unknown;
  /** For a check: answers that nothing was found. */
  giveUp?(): void;
  /** For a cell that ran. */
  readonly cell?: RanCell;
}

export interface Backlog {
  push(message: Message): void;
  shift(): Message | undefined;
  /** Empties it, and returns what was in it. */
  takeAll(): readonly Message[];
  /** Empties it; checks that were in it are given up. */
  clear(): void;
  readonly empty: boolean;
}

export function createBacklog(): Backlog {
  let messages: Message[] = [];
  let limit = ROOM;
  const takeAll = () => {
    const taken = messages;
    messages = [];
    limit = ROOM;
    return taken;
  };
  return {
    push(message) {
      messages.push(message);
      if (messages.length <= limit) return;
      messages = clearedUp(messages);
      limit = messages.length + ROOM;
    },
    shift: () => messages.shift(),
    takeAll,
    clear() {
      for (const { giveUp } of takeAll()) giveUp?.();
    },
    get empty() {
      return messages.length === 0;
    },
  };
}

function clearedUp(messages: readonly Message[]): Message[] {
  const checks = messages.filter(({ giveUp }) => giveUp !== undefined);
  const oldest = checks.at(-MOST_CHECKS);
  // A check that is kept must find the names that were declared when its cell ran: only before the first one may
  // declarations be left out.
  const from = oldest === undefined ? messages.length : messages.indexOf(oldest);
  const early = messages.slice(0, from);
  for (const { giveUp } of early) giveUp?.();
  return [...stillDeclared(early), ...messages.slice(from)];
}

/** The cells that declare a name which no later one of them does. */
function stillDeclared(messages: readonly Message[]): Message[] {
  const declaredLater = new Set<string>();
  const kept: Message[] = [];
  for (const message of messages.toReversed()) {
    if (message.cell?.declares.some((name) => !declaredLater.has(name))) kept.push(message);
    // A cell that failed may not have come to its declarations.
    if (message.cell?.ok) for (const name of message.cell.declares) declaredLater.add(name);
  }
  return kept.reverse();
}

/** A message that checks a cell, and its answer. */
export function check(count: number, source: string): readonly [Message, Promise<readonly Diagnostic[]>] {
  const { promise, resolve } = Promise.withResolvers<readonly Diagnostic[]>();
  const send = (language: Language) => {
    const answer = language.diagnose(count, source);
    resolve(answer);
    return answer;
  };
  return [{ send, giveUp: () => resolve([]) }, promise];
}
