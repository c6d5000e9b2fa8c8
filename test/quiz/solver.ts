// Answers the quiz from the text of a program alone, by the rules of the lesson "Who runs next?", each cited by its number
// where it decides. It imports nothing of the project: if it is right everywhere, the rules are complete.

type Statement = { readonly kind: string; readonly name: string; readonly of: string; readonly text: string };
/** A coroutine object: which function, called with what, and how far it is. `inner` is the coroutine that it awaits. */
interface Run {
  readonly body: readonly Statement[];
  readonly name: string;
  at: number;
  inner: Run | undefined;
}
interface Task {
  readonly run: Run;
  done: boolean;
  readonly awaiters: Task[];
}

const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['log', /^console\.log\((?<text>.*)\)$/],
  ['sleep', /^await sleep\((?<text>.*)\)$/],
  ['task', /^const (?<name>\w+) = createTask\((?<of>\w+)\((?<text>.*)\)\)$/],
  ['call', /^const (?<name>\w+) = (?<of>\w+)\((?<text>.*)\)$/],
  ['direct', /^await (?<of>\w+)\((?<text>.*)\)$/],
  ['start', /^createTask\((?<name>\w+)\)$/],
  ['await', /^await (?<name>\w+)$/],
];

function statement(line: string): Statement {
  const bare = line.trim().replace(/;$/, '');
  for (const [kind, form] of FORMS) {
    const { name = '', of = '', text = '' } = form.exec(bare)?.groups ?? {};
    if (form.test(bare)) return { kind, name, of, text };
  }
  throw new Error(`no form fits: ${line}`);
}

/** The bodies of the functions, and that of the program itself under the name ''. */
function parsed(program: string): Map<string, Statement[]> {
  const bodies = new Map<string, Statement[]>([['', []]]);
  let into = '';
  for (const line of program.split('\n')) {
    const [, short, only] = /^const (\w+) = coroutine\(async \(\w+: string\) => (console.*)\);$/.exec(line) ?? [];
    const [, long] = /^const (\w+) = coroutine\(async \(\w+: string\) => \{$/.exec(line) ?? [];
    if (short !== undefined && only !== undefined) bodies.set(short, [statement(only)]);
    else if (line === '});') into = '';
    else if (long === undefined) bodies.get(into)?.push(statement(line));
    else {
      into = long;
      bodies.set(into, []);
    }
  }
  return bodies;
}

/** A text in quotes, or the parameter itself, with the parameter put in. */
function filled(text: string, name: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the text of a program
  return text === 'name' ? name : text.slice(1, -1).replace('${name}', name);
}

/** The lines that the program prints. */
export function solve(program: string): readonly string[] {
  const bodies = parsed(program);
  const prints: string[] = [];
  const queue: Task[] = [];
  const asleep: { readonly until: number; readonly task: Task }[] = [];
  const objects = new Map<string, Run>();
  const tasks = new Map<string, Task>();
  let clock = 0;

  const called = (of: string, name: string): Run => ({ body: bodies.get(of) ?? [], name, at: 0, inner: undefined });
  const started = (run: Run): Task => {
    const task: Task = { run, done: false, awaiters: [] };
    queue.push(task);
    return task;
  };

  /** Runs on until it ends or pauses; true if it paused. */
  const goOn = (run: Run, task: Task): boolean => {
    for (;;) {
      if (run.inner !== undefined) {
        if (goOn(run.inner, task)) return true;
        run.inner = undefined;
      }
      const next = run.body[run.at++];
      if (next === undefined) return false;
      const text = filled(next.text, run.name);
      switch (next.kind) {
        case 'log':
          prints.push(text);
          break;
        case 'call': // Rule 1: none of its lines run yet.
          objects.set(next.name, called(next.of, text));
          break;
        case 'task': // Rule 2: into the queue, and this one goes on.
          tasks.set(next.name, started(called(next.of, text)));
          break;
        case 'start': // Rule 2, with an object that was made before.
          started(objects.get(next.name) as Run);
          break;
        case 'direct': // Rule 3: it runs inside its caller, immediately.
          run.inner = called(next.of, text);
          break;
        case 'sleep':
          // Rule 6: sleep(0) goes to the end of the queue. Rule 7: a longer one leaves the queue for its time.
          if (Number(next.text) === 0) queue.push(task);
          else asleep.push({ until: clock + Number(next.text), task });
          return true;
        case 'await': {
          const awaited = tasks.get(next.name);
          if (awaited === undefined)
            run.inner = objects.get(next.name); // Rule 3, with an object made before.
          else if (!awaited.done) {
            awaited.awaiters.push(task); // Rule 4: there is something to wait for, so it pauses.
            return true;
          }
          break; // Rule 4: there is nothing to wait for, so it goes on.
        }
      }
    }
  };

  const main = started(called('', ''));
  while (!main.done) {
    if (queue.length === 0) {
      const next = asleep.sort((one, other) => one.until - other.until).shift(); // Rule 7: whose time is over first.
      if (next === undefined) throw new Error('everybody waits');
      clock = next.until;
      queue.push(next.task);
    }
    const task = queue.shift() as Task; // Rule 5: first in, first out.
    if (goOn(task.run, task)) continue;
    task.done = true;
    queue.push(...task.awaiters); // Rule 8: who waited for it goes to the end of the queue.
  }
  return prints;
}
