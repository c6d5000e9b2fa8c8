// Runs a program of the quiz by the rules alone, without an event loop: with all of them, or with one replaced by what
// somebody believes who breaks it. That tells which rules a program needs. What ran by all of them goes to decide.ts.

import type { Call, Decided, Ran, Standing } from './decide.ts';
import type { Belief } from './order-rules.ts';
import type { Called, Draft } from './quiz-program.ts';

/** What a program prints. */
export interface Outcome {
  readonly prints: readonly string[];
  /** False if it leaves something over, awaits twice, or two sleeps end at the same time: then the rules do not say. */
  readonly sound: boolean;
}

/** Where a body pauses: for one turn, for a time, or until a task has ended. */
type Pause = 'turn' | { readonly seconds: number } | { readonly until: Job };
type Body = Generator<Pause, void, undefined>;

interface Job {
  readonly body: Body;
  done: boolean;
  readonly waiting: Job[];
  /** For a watched run: its number, how many lines came before it, its coroutines, its awaits, what it waits for. */
  readonly number: number;
  readonly made: number;
  readonly stack: Call[];
  awaits: number;
  standing: Standing;
}

interface Made {
  readonly body: Body;
  job: Job | undefined;
  begun: boolean;
}

const NOT_BEGUN: Standing = { state: 'ready', on: undefined };

/** Runs a program; `belief` replaces the rule that it breaks. */
export function outcomeOf(draft: Draft, belief?: Belief): Outcome {
  return new Machine(draft, belief).run();
}

/** What a program prints by the rules, each line with where the program stood. */
export function ranBy(draft: Draft): Ran {
  const lines: Decided[] = [];
  new Machine(draft, undefined, lines).run();
  return { lines, main: { task: 0, name: MAIN, made: 0 } };
}

const MAIN = 'the program';

const MOST_STEPS = 200;

/** Runs a body inside its caller; true if it paused. */
function* pausing(body: Body): Generator<Pause, boolean, undefined> {
  let paused = false;
  for (const pause of body) {
    paused = true;
    yield pause;
  }
  return paused;
}

class Machine {
  readonly #draft: Draft;
  readonly #belief: Belief | undefined;
  readonly #prints: string[] = [];
  readonly #ready: Job[] = [];
  readonly #asleep: { readonly due: number; readonly job: Job }[] = [];
  readonly #made = new Map<string, Made>();
  #now = 0;
  #sound = true;

  /** Where the lines go, if somebody wants to know how they came; it takes time. */
  readonly #lines: Decided[] | undefined;
  readonly #jobs: Job[] = [];
  #current: Job | undefined;
  #steps = 0;
  #standings: ReadonlyMap<number, Standing> = new Map();

  constructor(draft: Draft, belief: Belief | undefined, lines?: Decided[]) {
    this.#draft = draft;
    this.#belief = belief;
    this.#lines = lines;
  }

  run(): Outcome {
    const main = this.#queue(this.#main());
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      if (this.#ready.length === 0 && !this.#wake()) break;
      // Rule 5: the ready queue is first in, first out.
      const job = this.#belief === 'the newest task goes first' ? this.#ready.pop() : this.#ready.shift();
      if (job !== undefined) this.#step(job);
      if (main.done) break;
    }
    const over = [...this.#made.values()].every(({ begun, job }) => begun && (job === undefined || job.done));
    return { prints: this.#prints, sound: this.#sound && main.done && over };
  }

  #queue(body: Body): Job {
    const job = this.#job(body);
    this.#ready.push(job);
    return job;
  }

  #job(body: Body): Job {
    const [number, made] = [this.#jobs.length, this.#prints.length];
    const job: Job = { body, done: false, waiting: [], number, made, stack: [], awaits: 0, standing: NOT_BEGUN };
    this.#jobs.push(job);
    return job;
  }

  /** Rule 7: those whose time is over come back at the end of the queue, the earliest first. */
  #wake(): boolean {
    const next = this.#asleep.sort((one, other) => one.due - other.due).shift();
    if (next === undefined) return false;
    if (this.#asleep[0]?.due === next.due) this.#sound = false;
    this.#now = next.due;
    this.#toReady(next.job);
    return true;
  }

  #toReady(job: Job): void {
    if (this.#lines !== undefined) job.standing = { ...job.standing, state: 'ready' };
    this.#ready.push(job);
  }

  #step(job: Job): void {
    this.#current = job;
    this.#steps++;
    if (this.#lines !== undefined) this.#standings = new Map(this.#jobs.map((one) => [one.number, one.standing]));
    const { value, done } = job.body.next();
    if (this.#lines !== undefined && !done) job.standing = standingAt(value);
    if (done) {
      job.done = true;
      // Rule 8: a task that waited for this one goes to the end of the queue.
      if (this.#belief === 'a task that was waiting goes to the front of the queue')
        this.#ready.unshift(...job.waiting);
      else for (const one of job.waiting) this.#toReady(one);
    } else if (value === 'turn') this.#ready.push(job);
    else if ('seconds' in value) this.#asleep.push({ due: Math.round((this.#now + value.seconds) * 10) / 10, job });
    else value.until.waiting.push(job);
  }

  #print(text: string): void {
    const [job, standings] = [this.#current, this.#standings];
    if (this.#lines !== undefined && job !== undefined) {
      const { number: task, made, awaits: at } = job;
      const standing = (other: number): Standing | undefined => standings.get(other);
      const stack = [...job.stack];
      this.#lines.push({ text, task, name: stack.at(-1)?.name ?? '', made, step: this.#steps, stack, at, standing });
    }
    this.#prints.push(text);
  }

  *#main(): Body {
    this.#current?.stack.unshift({ name: MAIN, made: 0, begun: 0 });
    for (const line of this.#draft.lines) {
      if (line.do === 'log') this.#print(line.text);
      else if (line.do === 'sleep') yield* this.#sleep(line.seconds);
      else if (line.do === 'call') this.#call(line.name, line.of);
      else if (line.do === 'run') yield* this.#direct(this.#body(line.of, line.name));
      else if (line.do === 'await') yield* this.#await(line.name);
      else {
        const made = line.do === 'task' ? this.#make(line.name, line.of) : this.#made.get(line.name);
        if (made?.begun === false) this.#start(made);
        else if (this.#belief !== 'the call runs the coroutine') this.#sound = false;
      }
    }
  }

  *#body(of: Called, name: string, made = this.#prints.length): Body {
    const stack = this.#lines === undefined ? undefined : this.#current?.stack;
    stack?.unshift({ name: of, made, begun: this.#prints.length });
    if (of === 'note') this.#print(name);
    else {
      for (const step of this.#draft.steps) {
        if (step.do === 'log') this.#print(name + step.text);
        else if (step.do === 'sleep') yield* this.#sleep(step.seconds);
        else yield* this.#direct(this.#body('note', name + step.text));
      }
    }
    stack?.shift();
  }

  #make(name: string, of: Called): Made {
    const made: Made = { body: this.#body(of, name, this.#prints.length), job: undefined, begun: false };
    this.#made.set(name, made);
    return made;
  }

  /** Rule 1: a call only makes an object. */
  #call(name: string, of: Called): void {
    const made = this.#make(name, of);
    if (this.#belief === 'the call runs the coroutine') this.#immediately(made);
  }

  /** Rule 2: createTask only puts the task into the queue. */
  #start(made: Made): void {
    if (this.#belief === 'createTask starts the task immediately') this.#immediately(made);
    else {
      made.begun = true;
      made.job = this.#queue(made.body);
    }
  }

  #immediately(made: Made): void {
    made.begun = true;
    made.job = this.#job(made.body);
    this.#step(made.job);
  }

  /** Rule 3: a coroutine that is awaited directly runs immediately, inside its caller. */
  *#direct(body: Body): Body {
    if (this.#belief === 'an awaited coroutine queues up behind the tasks') yield { until: this.#queue(body) };
    else {
      if (this.#current !== undefined) this.#current.awaits++;
      const paused = yield* pausing(body);
      if (this.#belief === 'each await hands over' && !paused) yield 'turn';
    }
  }

  /** Rule 4: an await pauses only if there is something to wait for. */
  *#await(name: string): Body {
    const made = this.#made.get(name);
    if (made === undefined || (made.begun && made.job === undefined)) this.#sound = false;
    else if (made.job === undefined) {
      made.begun = true;
      yield* this.#direct(made.body);
    } else if (!made.job.done) yield { until: made.job };
    else if (this.#belief === 'each await hands over') yield 'turn';
    else if (this.#current !== undefined) this.#current.awaits++;
  }

  /** Rule 6: sleep(0) gives up one turn. Rule 7: a longer one leaves the queue for its time. */
  *#sleep(seconds: number): Body {
    if (this.#belief === (seconds === 0 ? 'sleep(0) does nothing' : 'a sleep holds everybody up')) return;
    yield seconds === 0 || this.#belief === 'a sleep takes one turn, however long it is' ? 'turn' : { seconds };
  }
}

function standingAt(pause: Pause): Standing {
  if (pause === 'turn') return { state: 'ready', on: 'sleep(0)' };
  if ('seconds' in pause) return { state: 'suspended', on: `sleep(${pause.seconds})` };
  const task = pause.until.stack.at(-1)?.name;
  return { state: 'suspended', on: 'task', task };
}
