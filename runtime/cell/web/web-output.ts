// The way from the worker to its page, and the questions that are answered there. What only a compiler can answer is
// answered in the worker, which has one.

import { scopeText } from '../../compile/scope-text.ts';
import { functionText } from '../../compile/written-function.ts';
import type { Answer, AskQuestion } from '../../events.ts';
import { currentOwner } from '../interrupt/owner.ts';
import type { CellOutput, OutputParts } from '../output/cell-output.ts';
import { createConsole } from '../output/console.ts';
import { gatherText } from '../output/gather-text.ts';
import type { CellPort } from '../output/port.ts';
import { makeError } from '../output/refusal.ts';
import type { FromWorker } from './messages.ts';
import { AHEAD, ANSWERED, type SharedWords, STOP, TAKEN } from './shared-words.ts';

/** Milliseconds between two looks for an interrupt while the worker blocks. */
const LOOK_MS = 50;

/** Opens it, and replaces the console. */
export function openWebOutput(
  memory: SharedWords,
  tell: (message: FromWorker) => void,
  { interrupts, sending, text, grid }: OutputParts,
  /** Waits for mail and has it heard; undefined where there is none. */
  waitForMail: (() => void) | undefined,
): CellOutput {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asks = 0;
  let sent = 0;
  let windowFrom = 0;
  let sentBefore = 0;
  /** Waits while the page has much to take; not for somebody whom it has stopped. */
  const keepPace = () => {
    sent = (sent + 1) | 0;
    if (!memory.shared) return keepRate();
    const { words } = memory;
    for (;;) {
      const taken = Atomics.load(words, TAKEN);
      if (((sent - taken) | 0) <= AHEAD || Atomics.load(words, STOP) !== 0) return;
      Atomics.wait(words, TAKEN, taken, LOOK_MS);
    }
  };
  /** The same where the page cannot say what it has taken: so many events in a window. Nothing but spinning waits there. */
  const keepRate = () => {
    if (performance.now() - windowFrom >= LOOK_MS) {
      windowFrom = performance.now();
      sentBefore = sent;
    }
    if (((sent - sentBefore) | 0) < AHEAD) return;
    while (performance.now() - windowFrom < LOOK_MS);
  };
  const ask = (question: AskQuestion): number => {
    const id = ++asks;
    outward.send({ type: 'ask', id, execution: currentOwner().execution, question });
    return id;
  };
  const askByMail = (question: AskQuestion, wait: () => void): unknown => {
    port.flush();
    let answer: Answer | undefined;
    const id = ask(question);
    waiting.set(id, (given) => {
      answer = given;
    });
    while (answer === undefined) {
      wait();
      const interrupted = interrupts.consumeWhileBlocked();
      if (interrupted) throw interrupted;
    }
    if (answer.error !== undefined) throw makeError(answer.error);
    return answer.value;
  };
  const outward: CellPort = {
    execution: () => currentOwner().execution,
    send(event, buffers = []) {
      sending(event);
      tell({ type: 'event', event, buffers });
      keepPace();
    },
    sendWithNext: (event) => outward.send(event),
    ask(question) {
      const id = ask(question);
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ value, error }) => (error === undefined ? resolve(value) : reject(makeError(error))));
      });
    },
    askNow(question) {
      if (question.kind === 'scope') return scopeText(question.text, question.bound);
      if (question.kind === 'function') return now(functionText(question.place));
      if (question.kind !== 'input') return undefined;
      if (waitForMail !== undefined) return askByMail(question, waitForMail);
      if (!memory.shared) throw makeError(`StdinNotImplementedError: ${BLOCKING}`);
      port.flush();
      const { words, answer } = memory;
      Atomics.store(words, ANSWERED, 0);
      ask(question);
      for (;;) {
        Atomics.wait(words, ANSWERED, 0, LOOK_MS);
        const interrupted = interrupts.consumeWhileBlocked();
        if (interrupted) throw interrupted;
        const length = Atomics.load(words, ANSWERED) - 1;
        // A decoder takes no shared bytes.
        if (length >= 0) return JSON.parse(new TextDecoder().decode(answer.slice(0, length)));
      }
    },
  };
  const port = gatherText(outward);
  globalThis.console = createConsole(port, { text, grid, through: interrupts.through });
  return {
    port,
    answered(answer) {
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    },
    finish() {},
  };
}

const BLOCKING = 'a question that blocks cannot be answered in this page: write await input(…) instead';

/** What is there already; what esbuild has yet to make is not. */
function now<Value>(value: Value | Promise<Value>): Value | undefined {
  return value instanceof Promise ? undefined : value;
}
