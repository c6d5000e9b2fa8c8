// What child processes and addons write on descriptors 1 and 2 of the cell process, cut at the fences that each cell's
// end writes there. What the console prints comes as events instead.

import { StringDecoder } from 'node:string_decoder';
import { fence } from '../../runtime/events.ts';

type Name = 'stdout' | 'stderr';

/** A descriptor that lost its fence (closed, or taken over by a program) must not delay the reply any longer. */
const FENCE_MS = 500;
const NAMES: Readonly<Record<number, Name>> = { 1: 'stdout', 2: 'stderr' };

export interface Descriptors {
  /** Takes a chunk that was read. */
  read(name: Name, chunk: Buffer): void;
  /** Resolves when the fences of that execution have been read on those descriptors. */
  fenced(execution: number, descriptors: readonly number[]): Promise<void>;
  /** Gives up waiting: the process ended. */
  end(): void;
  /** Drops text that was read in part, for a fresh process. */
  reset(): void;
}

/** Makes what reads them, for the fences of a kernel. */
export type OpenDescriptors = (nonce: string, print: Print) => Descriptors;

/** Takes text without fences; `passed` is the execution whose fence came last before it. */
export type Print = (name: Name, text: string, passed: number) => void;

/** Reads both descriptors. */
export function createDescriptors(nonce: string, print: Print): Descriptors {
  const pipes = { stdout: createPipe(nonce), stderr: createPipe(nonce) };
  // Each waits for fences; called with true to give up.
  const waiting = new Set<(giveUp?: boolean) => void>();
  return {
    read(name, chunk) {
      pipes[name].read(chunk, (text, passed) => print(name, text, passed));
      for (const check of [...waiting]) check();
    },
    async fenced(execution, descriptors) {
      const names = descriptors.map((descriptor) => NAMES[descriptor] as Name);
      const passed = () => names.every((name) => pipes[name].passed() >= execution);
      if (passed()) return;
      await new Promise<void>((resolve) => {
        const check = (giveUp = false) => {
          if (!giveUp && !passed()) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        };
        const timer = setTimeout(check, FENCE_MS, true);
        waiting.add(check);
      });
    },
    end() {
      for (const name of ['stdout', 'stderr'] as const) {
        const rest = pipes[name].rest();
        if (rest !== '') print(name, rest, pipes[name].passed());
      }
      for (const check of [...waiting]) check(true);
    },
    reset() {
      for (const pipe of Object.values(pipes)) pipe.rest();
    },
  };
}

/** One pipe: text in, text between fences out; a fence may come in pieces. */
function createPipe(nonce: string) {
  let decoder = new StringDecoder('utf8');
  const head = fence(nonce, 0).slice(0, -2);
  let held = '';
  let last = 0;
  return {
    passed: () => last,
    read(chunk: Buffer, out: (text: string, passed: number) => void): void {
      let text = held + decoder.write(chunk);
      held = '';
      for (;;) {
        const at = text.indexOf(head);
        if (at < 0) break;
        const end = text.indexOf('\u0000', at + head.length);
        if (end < 0) break;
        if (at > 0) out(text.slice(0, at), last);
        last = Math.max(last, Number(text.slice(at + head.length, end)));
        text = text.slice(end + 1);
      }
      const start = possibleHead(text, head);
      held = text.slice(start);
      if (start > 0) out(text.slice(0, start), last);
    },
    rest(): string {
      const rest = held + decoder.end();
      held = '';
      decoder = new StringDecoder('utf8');
      return rest;
    },
  };
}

/** Where the beginning of a fence may start at the end of the text; the text's length if none does. */
function possibleHead(text: string, head: string): number {
  const at = text.lastIndexOf('\u0000');
  if (at < 0) return text.length;
  const tail = text.slice(at);
  return head.startsWith(tail) || tail.startsWith(head) ? at : text.length;
}
