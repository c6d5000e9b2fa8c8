// The rules by which one can tell who runs next: numbered, each in a sentence or two, with a program that would come out
// otherwise without it. Lessons, predict and the quiz cite them by number; none of them says a rule in other words.

/** What somebody believes who breaks a rule. machine.ts runs programs by each. */
export type Belief =
  | 'the call runs the coroutine'
  | 'createTask starts the task immediately'
  | 'an awaited coroutine queues up behind the tasks'
  | 'each await hands over'
  | 'the newest task goes first'
  | 'sleep(0) does nothing'
  | 'a sleep holds everybody up'
  | 'a sleep takes one turn, however long it is'
  | 'a task that was waiting goes to the front of the queue';

/** One rule of the order in which coroutines run. */
export interface Rule {
  readonly number: number;
  /** The rule, in a sentence or two. */
  readonly says: string;
  /** What somebody believes who breaks it: one or the other. */
  readonly instead: readonly Belief[];
  /** The number of the lesson to reread. */
  readonly lesson: number;
  /** At most eight lines that would come out otherwise without this rule. `say(x)` is a coroutine that prints x. */
  readonly program: string;
  /** What that program prints. */
  readonly prints: readonly string[];
  /** What it would print if the first of the beliefs were right. */
  readonly otherwise: readonly string[];
}

/** All rules, in the order of their numbers. */
export const RULES: readonly Rule[] = [
  {
    number: 1,
    says: 'A call only makes a coroutine object; none of its lines run yet.',
    instead: ['the call runs the coroutine'],
    lesson: 1,
    program: "const a = say('a');\nconsole.log('main');\nawait a;",
    prints: ['main', 'a'],
    otherwise: ['a', 'main'],
  },
  {
    number: 2,
    says: 'createTask only puts the task into the ready queue, and the caller goes on.',
    instead: ['createTask starts the task immediately'],
    lesson: 2,
    program: "const a = createTask(say('a'));\nconsole.log('main');\nawait a;",
    prints: ['main', 'a'],
    otherwise: ['a', 'main'],
  },
  {
    number: 3,
    says: 'A coroutine that is awaited directly runs immediately, inside its caller, and not through the queue.',
    instead: ['an awaited coroutine queues up behind the tasks'],
    lesson: 4,
    program: "const a = createTask(say('a'));\nawait say('b');\nawait a;",
    prints: ['b', 'a'],
    otherwise: ['a', 'b'],
  },
  {
    number: 4,
    says: 'An await pauses only if there is something to wait for, such as a sleep or an unfinished task. Awaiting a coroutine directly pauses only where that coroutine pauses.',
    instead: ['each await hands over'],
    lesson: 4,
    program:
      "const a = createTask(say('a'));\nawait a;\nconst b = createTask(say('b'));\nawait a;\nconsole.log('main');\nawait b;",
    prints: ['a', 'main', 'b'],
    otherwise: ['a', 'b', 'main'],
  },
  {
    number: 5,
    says: 'The ready queue is first in, first out.',
    instead: ['the newest task goes first'],
    lesson: 4,
    program: "const a = createTask(say('a'));\nconst b = createTask(say('b'));\nawait a;\nawait b;",
    prints: ['a', 'b'],
    otherwise: ['b', 'a'],
  },
  {
    number: 6,
    says: 'sleep(0) gives up one turn: the task goes to the end of the ready queue.',
    instead: ['sleep(0) does nothing'],
    lesson: 4,
    program: "const a = createTask(say('a'));\nawait sleep(0);\nconsole.log('main');\nawait a;",
    prints: ['a', 'main'],
    otherwise: ['main', 'a'],
  },
  {
    number: 7,
    says: 'A task that sleeps is not in the queue; when its time is over, it comes back, at the end.',
    instead: ['a sleep holds everybody up', 'a sleep takes one turn, however long it is'],
    lesson: 4,
    program: "const a = createTask(say('a'));\nawait sleep(0.1);\nconsole.log('main');\nawait a;",
    prints: ['a', 'main'],
    otherwise: ['main', 'a'],
  },
  {
    number: 8,
    says: 'When a task has what it was waiting for, it goes to the end of the ready queue.',
    instead: ['a task that was waiting goes to the front of the queue'],
    lesson: 4,
    program:
      "const a = createTask(say('a'));\nconst b = createTask(say('b'));\nawait a;\nconsole.log('main');\nawait b;",
    prints: ['a', 'b', 'main'],
    otherwise: ['a', 'main', 'b'],
  },
];

/** The rule with this number. @throws RangeError if there is none. */
export function rule(number: number): Rule {
  const found = RULES[number - 1];
  if (found === undefined) throw new RangeError(`there is no rule ${number}: expected 1 to ${RULES.length}`);
  return found;
}
