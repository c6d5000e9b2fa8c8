// Lines of Python in a TypeScript cell: how each is written here. Only lines that did not compile come here, from people
// who know asyncio and learn its counterpart.

const camel = (name: string): string =>
  name.trim().replace(/(?<=\w)_(\w)/g, (_, letter: string) => letter.toUpperCase());

type Form = readonly [form: RegExp, here: (...parts: readonly string[]) => string];

/** What a line looks like, and what it is in TypeScript; the first that fits counts. */
const LINES: readonly Form[] = [
  [
    /^\s*async\s+def\s+(\w+)\s*\(([^)]*)\)/,
    (name, parameters) =>
      `const ${camel(name)} = coroutine(async (${parameters}) => { … }), with coroutine from 'cokernel'`,
  ],
  [/^\s*def\s+(\w+)\s*\(([^)]*)\)/, (name, parameters) => `function ${camel(name)}(${parameters}) { … }`],
  [/^\s*import\s+asyncio\b/, () => "import { coroutine, gather, run, sleep } from 'cokernel'"],
  [
    /^\s*from\s+asyncio\s+import\s+([\w, ]+)$/,
    (names) => `import { ${names.split(',').map(camel).join(', ')} } from 'cokernel'`,
  ],
  [/^\s*from\s+([\w.]+)\s+import\s+([\w, ]+)$/, (module, names) => `import { ${names.trim()} } from '${module}'`],
  [/^\s*import\s+(\w+)\s*$/, (module) => `import * as ${module} from '${module}'`],
  [/^\s*async\s+for\s+(.+?)\s+in\s+(.+):\s*$/, (item, items) => `for await (const ${item} of ${items}) { … }`],
  [/^\s*for\s+(\w+)\s+in\s+range\((\w+)\)\s*:\s*$/, (i, n) => `for (let ${i} = 0; ${i} < ${n}; ${i}++) { … }`],
  [/^\s*for\s+([^(]+?)\s+in\s+(.+):\s*$/, (item, items) => `for (const ${item} of ${items}) { … }`],
  [/^\s*elif\s+(.+):\s*$/, (condition) => `else if (${condition}) { … }`],
  [/^\s*(if|while)\s+(.+):\s*$/, (word, condition) => `${word} (${condition}) { … }`],
  [
    /^\s*(?:try|else|finally|except\b.*):\s*$/,
    () => 'try { … } catch (error) { … } finally { … }, if (…) { … } else { … }',
  ],
  [/^\s*async\s+with\s.*:\s*$/, () => 'using held = await lock.acquire(), or await timeout(1, async () => { … })'],
  [/^\s*with\s.*:\s*$/, () => 'using held = …, which is released at the end of its block'],
  [/^\s*class\s+(\w+)(?:\((\w+)\))?\s*:\s*$/, (name, base) => `class ${name}${base ? ` extends ${base}` : ''} { … }`],
  [/^#\s/, () => 'a comment begins with //'],
  [/^\s*(?:print|raise|del|assert)\s+[^\s(=.]/, () => 'console.log(…), throw new Error(…), delete object.key'],
];

/** What may stand anywhere in a line, so that it counts only where the parser stumbled over it. */
const PARTS: readonly Form[] = [
  [/(?<![\w$.])f["']/g, () => 'a text in backquotes, with $' + '{…} for {…}'],
  [/(?<![\w$.])lambda\s+([\w, ]+):/g, (parameters) => `(${parameters}) => …`],
  [/[\w)\]"']\s+if\s.+\selse\s/g, () => 'condition ? one : other'],
];

/**
 * How a line of Python is written in TypeScript; undefined where it is none. `column` is where it is wrong, from 1; 0
 * where that is another line.
 */
export function fromPython(line: string, column: number): string | undefined {
  for (const [form, here] of LINES) {
    const found = form.exec(line);
    if (found) return said(here(...found.slice(1)));
  }
  for (const [form, here] of PARTS) {
    for (const found of line.matchAll(form)) {
      const at = column - 1 - found.index;
      if (column > 0 && at >= 0 && at <= found[0].length) return said(here(...found.slice(1)));
    }
  }
  return undefined;
}

function said(here: string): string {
  return `This reads as Python, and the cell is TypeScript.\nIn TypeScript: ${here}`;
}
