// Runs the cases of the files that it is told of, one after another, in a process of its own, and writes one JSON
// object to standard output: `file Class.test_name` to what was printed. The Python counterpart is run.py.
import { text } from 'node:stream/consumers';
import { type Coroutine, isCoroutineFunction, run } from 'cokernel';
import type { Case } from './judge.ts';

/** Longest that one case may take, in seconds of real time: what hangs must not hang the test. */
const LIMIT = 10;

type Module = Readonly<Record<string, Readonly<Record<string, Case | undefined>>>>;

const write = process.stdout.write.bind(process.stdout);
const files = JSON.parse(await text(process.stdin)) as readonly (readonly [name: string, url: string])[];
const outputs: Record<string, string> = {};
let lines: string[] = [];
console.log = (...words: unknown[]) => void lines.push(words.join(' '));
console.error = console.warn = () => {};

// A loop that a case has broken must not hide what the others print.
process.on('uncaughtException', (error) => void lines.push(`uncaught ${error}`));
process.on('unhandledRejection', (error) => void lines.push(`unhandled ${error}`));

for (const [file, url] of files) {
  for (const [kind, cases] of Object.entries((await import(url)) as Module)) {
    for (const [name, one] of Object.entries(cases)) {
      if (one !== undefined) outputs[`${file} ${kind}.${name}`] = await printed(one);
    }
  }
}
write(JSON.stringify(outputs), () => process.exit());

async function printed(one: Case): Promise<string> {
  lines = [];
  const mine = lines;
  const ending = await ended(isCoroutineFunction(one) ? run(one() as Coroutine<unknown>) : Promise.try(one));
  if (ending !== undefined) mine.push(ending);
  return mine.map((line) => `${line}\n`).join('');
}

/** Waits for a case; says so where it failed or did not end. */
async function ended(work: Promise<unknown>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, LIMIT * 1000, 'did not end');
  });
  try {
    return await Promise.race([work.then(() => undefined), late]);
  } catch (error) {
    return `uncaught ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
