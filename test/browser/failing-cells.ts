// Cells that fail, each in its own way: a page must tell each of them as the kernel of Node does.

/** They run one after the other; later ones use names of earlier ones. */
export const FAILING: readonly string[] = [
  `import { coroutine, createTask, gather, sleep, TaskGroup, taskGroup, timeout } from 'cokernel';\nundefinedName`,
  `const half = (n: number): number => {\n  if (n % 2) throw new RangeError('odd: ' + n);\n  return n / 2;\n};\nhalf(3)`,
  `const deep = coroutine(async (n: number): Promise<void> => {\n  await sleep(0);\n  if (n === 0) throw new TypeError('at the bottom');\n  await deep(n - 1);\n});\nawait deep(2)`,
  `await gather(deep(0), sleep(1))`,
  `await taskGroup(async (group) => {\n  group.createTask(deep(0));\n  group.createTask(deep(1));\n})`,
  `{\n  await using _ = timeout(0.01);\n  await sleep(1);\n}`,
  `throw new Error('outer', { cause: new SyntaxError('inner') })`,
  `throw { code: 7 }`,
  `throw 'a text'`,
  `const broken = ;`,
  `const fixed = 1;\nfixed = 2;`,
  `null.length`,
  `class Shop {\n  #stock = 0;\n  open(): void { this.close(); }\n  close(): never { throw new Error('closed, with ' + this.#stock); }\n}\nnew Shop().open()`,
  `[1, 2].map((n) => half(n))`,
  `JSON.parse('{ bad')`,
  `const failing = createTask(deep(0));\nawait sleep(0.01);\nawait failing`,
  `await (async () => { await null; throw new EvalError('plain async') })()`,
  `sleeep(1)`,
  `%time 1`,
  // Minified code must have the names that people see.
  `import * as library from 'cokernel';\nimport * as picture from 'cokernel/picture';\nimport * as widgets from 'cokernel/widgets';\nconst functions = Object.values({ ...library, ...picture, ...widgets, display, html, input });\nthrow new Error(functions.map((each: any) => each?.name).join(' '));`,
  `print('hello')`,
  `for i in range(3):\n  pass`,
];
