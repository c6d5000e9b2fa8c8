// Which rule decided that one line was printed and not the one that somebody predicted. predict asks it about what really
// ran, and the quiz about what machine.ts ran, so both give the same answer.

/** A call of a coroutine function; one object for each. */
export interface Call {
  readonly name: string;
  /** How many lines had been printed when it was made. */
  readonly made: number;
  /** How many lines had been printed when the first line of its body ran; undefined until then. */
  readonly begun: number | undefined;
}

/** Where a task stood when another one's step began: in the ready queue, or suspended. */
export interface Standing {
  readonly state: 'ready' | 'suspended';
  /** What it waits for, or waited for last: `sleep(0.5)`, `event gun`, `task`; undefined if it had not begun. */
  readonly on: string | undefined;
  /** The name of the task that it waits for, if it waits for one. */
  readonly task?: string | undefined;
}

/** A task of the program. */
export interface Doer {
  /** Its number. */
  readonly task: number;
  readonly name: string;
  /** How many lines had been printed when it was made. */
  readonly made: number;
}

/** A line that was printed, and where the program stood. */
export interface Decided extends Doer {
  readonly text: string;
  /** The number of its step: the same for all lines that a task prints without a pause. */
  readonly step: number;
  /** The coroutines that were running, the innermost first. The last is the task's own. */
  readonly stack: readonly Call[];
  /** Which await of the innermost one was its latest. */
  readonly at: number;
  /** Where a task stood when the step began; undefined if it had not been made. */
  readonly standing: (task: number) => Standing | undefined;
}

/** The rule, and what happened, in a sentence. */
export interface Decision {
  /** The number of the rule. */
  readonly rule: number;
  readonly because: string;
}

/** What ran: its lines, and the task whose end is the end of the program. */
export interface Ran {
  readonly lines: readonly Decided[];
  readonly main: Doer;
}

/**
 * What decided the line with this index, the first that differs. Undefined if nothing was printed there, or if the
 * predicted line was printed at no later time: the rules are about the order of lines, and not about which there are.
 */
export function decide(guess: readonly string[], { lines, main }: Ran, at: number): Decision | undefined {
  const [before, line] = [lines[at - 1], lines[at]];
  if (line === undefined) return undefined;
  const step: Step = { at, line, before: before?.step === line.step ? before : undefined };
  // The predicted line comes later, if it comes: the question is what kept it from coming now.
  const missed = lines.slice(at + 1).find(({ text }) => text === guess[at]);
  if (missed !== undefined) return keptBack(step, missed) ?? reached(step);
  // Where nothing more was predicted, the program was expected to end.
  return guess[at] === undefined ? (keptBack(step, { ...main, stack: [] }) ?? reached(step)) : undefined;
}

/** A line that was printed, and the line before it, if the same step printed that. */
interface Step {
  readonly at: number;
  readonly line: Decided;
  readonly before: Decided | undefined;
}

/** What kept the predicted line, or the end, from coming. Undefined if neither the queue nor a call did. */
function keptBack(step: Step, missed: Doer & Pick<Decided, 'stack'>): Decision | undefined {
  const { at, line, before } = step;
  const object = missed.stack.findLast(({ made, begun = at + 1 }) => made <= at && begun > at);
  const isTask = object === missed.stack.at(-1) && missed.made <= at;
  // One that was called earlier, and that another task awaits later, is rather kept back by what keeps that task back.
  if (object !== undefined && !isTask && (object.made === at || missed.task === line.task || missed.made > at))
    return { rule: 1, because: `${line.name} went on: ${object.name}() had been called, and not awaited yet.` };
  if (missed.task === line.task) return leaves(line, missed.stack) ? inside(line) : undefined;
  if (missed.made > at) return undefined;
  const stood = line.standing(missed.task);
  if (stood?.state === 'suspended') return paused(missed, stood);
  if (stood !== undefined && before === undefined) return behind(step, missed, stood);
  if (stood !== undefined || (before !== undefined && missed.made < at)) return wentOn(step);
  if (entered(step)) return inside(line);
  return { rule: 2, because: `${line.name} went on: createTask only put ${missed.name} into the ready queue.` };
}

/** Whether the line's coroutine has to end before the missed line's can go on. */
function leaves(line: Decided, stack: readonly Call[]): boolean {
  return line.stack.length > 1 && line.stack[0] !== undefined && !stack.includes(line.stack[0]);
}

/** How the program came to print a line, where none was predicted that comes later. */
function reached(step: Step): Decision {
  return step.before === undefined ? itsTurn(step.line) : wentOn(step);
}

/** Whether the line's coroutine began after the line before. */
function entered({ at, line, before }: Step): boolean {
  const [inner] = line.stack;
  if (inner === undefined || line.stack.length === 1) return false;
  return before === undefined ? inner.made === at : !before.stack.includes(inner);
}

function inside({ name, stack }: Decided): Decision {
  const inner = stack[0]?.name ?? '';
  // The outermost coroutine goes by the name of its task.
  const outer = stack.length > 2 ? (stack[1]?.name ?? '') : name;
  return { rule: 3, because: `${outer} went on: it awaited ${inner}() directly, so ${inner} ran inside it.` };
}

/** The task printed both lines without a pause between them. */
function wentOn(step: Step): Decision {
  const { line, before } = step;
  const ended = before?.stack.find((call) => !line.stack.includes(call));
  if (ended !== undefined)
    return { rule: 4, because: `${line.name} went on: ${ended.name}() was done, so there was nothing to wait for.` };
  if (entered(step)) return inside(line);
  const awaited = before === undefined || before.at !== line.at;
  const why = awaited ? 'what it awaited was done' : 'it awaited nothing between the two lines';
  return { rule: 4, because: `${line.name} went on: ${why}.` };
}

function isSleep(on: string | undefined): boolean {
  return on !== undefined && /^sleep\(/.test(on);
}

function paused({ name }: Doer, { on = 'something', task }: Standing): Decision {
  if (isSleep(on)) return { rule: 7, because: `${name} was still asleep, in ${on}.` };
  const why = task === undefined ? `, waiting for ${on}` : `: it awaited ${task}, which was not done yet`;
  return { rule: 4, because: `${name} had to pause${why}.` };
}

/** Both were in the ready queue. */
function behind({ line }: Step, { name }: Doer, { on }: Standing): Decision {
  const other = line.name;
  if (on === undefined) return { rule: 5, because: `${other} was in the ready queue before ${name}.` };
  if (on === 'sleep(0)')
    return { rule: 6, because: `${name} had given up its turn with sleep(0), so ${other} came first.` };
  if (isSleep(on)) return { rule: 7, because: `${name} woke up later, and stood behind ${other} in the ready queue.` };
  return {
    rule: 8,
    because: `${name} was put at the end of the ready queue when what it awaited was done, behind ${other}.`,
  };
}

/** How the task came to its turn. */
function itsTurn({ name, task, standing }: Decided): Decision {
  const on = standing(task)?.on;
  if (on === undefined) return { rule: 5, because: `${name} was the first in the ready queue.` };
  if (on === 'sleep(0)')
    return { rule: 6, because: `${name} had given up one turn with sleep(0), and this was its next.` };
  if (isSleep(on)) return { rule: 7, because: `${name}'s sleep was over.` };
  return { rule: 8, because: `${name} was woken: what it awaited was done.` };
}
