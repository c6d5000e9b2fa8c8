// The TypeScript counterpart of run.py, run in a process of its own (see typescript.ts): paired programs are imported
// one after the other, random ones evaluated; what each printed goes to standard output as one JSON object.
import { text } from 'node:stream/consumers';
import { evaluate, type MakeBody, runRandom } from '../random/prelude.ts';

/** What to run: modules by their address, texts of random programs, or a module that holds compiled ones. */
interface Order {
  readonly modules?: readonly (readonly [name: string, url: string])[];
  readonly texts?: readonly (readonly [name: string, text: string])[];
  readonly compiled?: string;
}

/** Longest that one program may take, in seconds of real time: a lost wake-up must not hang the test. */
const LIMIT = 10;

const write = process.stdout.write.bind(process.stdout);
const order = JSON.parse(await text(process.stdin)) as Order;
const outputs: Record<string, string> = {};
let lines: string[] = [];
console.log = (...words: unknown[]) => void lines.push(words.join(' '));
console.error = console.warn = () => {};

// A loop that a program has broken must not hide what the others print.
process.on('uncaughtException', (error) => void lines.push(`uncaught ${error}`));
process.on('unhandledRejection', (error) => void lines.push(`unhandled ${error}`));

for (const [name, url] of order.modules ?? []) {
  lines = [];
  const mine = lines;
  const ending = await ended(import(url));
  if (ending !== undefined) mine.push(ending);
  outputs[name] = mine.map((line) => `${line}\n`).join('');
}
for (const [name, source] of order.texts ?? []) await random(name, evaluate(source));
if (order.compiled !== undefined) {
  const { programs } = (await import(order.compiled)) as { programs: Readonly<Record<string, MakeBody>> };
  for (const [name, make] of Object.entries(programs)) await random(name, make);
}
write(JSON.stringify(outputs), () => process.exit());

async function random(name: string, make: MakeBody): Promise<void> {
  let printed = '';
  const ending = await ended(
    runRandom(make).then((all) => {
      printed = all;
    }),
  );
  outputs[name] = ending === undefined ? printed : `${printed}${ending}\n`;
}

/** Waits for a program; says so where it failed or did not end. */
async function ended(program: Promise<unknown>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, LIMIT * 1000, `not ended after ${LIMIT} s`);
  });
  try {
    return await Promise.race([program.then(() => undefined), late]);
  } catch (error) {
    return `uncaught ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
