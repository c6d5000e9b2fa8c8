// Lines of Python in a TypeScript cell: says how each is written in TypeScript, for people who know asyncio and learn
// its counterpart. Only lines that did not compile are looked at.

const camel = (name: string): string =>
  name.trim().replace(/(?<=\w)_(\w)/g, (_, letter: string) => letter.toUpperCase());

type Form = readonly [form: RegExp, translate: (...parts: readonly string[]) => string];

/** What a line looks like, and how it is written in TypeScript; the first that matches counts. */
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

/** Forms that may occur anywhere in a line; they count only at the place of the parser's error. */
const PARTS: readonly Form[] = [
  [/(?<![\w$.])f["']/g, () => 'a text in backquotes, with $' + '{…} for {…}'],
  [/(?<![\w$.])lambda\s+([\w, ]+):/g, (parameters) => `(${parameters}) => …`],
  [/[\w)\]"']\s+if\s.+\selse\s/g, () => 'condition ? one : other'],
];

/**
 * Says how a line of Python is written in TypeScript; undefined for any other line. `column` is the place of the parser's
 * error, from 1, or 0 where the error is in another line.
 */
export function fromPython(line: string, column: number): string | undefined {
  for (const [form, translate] of LINES) {
    const found = form.exec(line);
    if (found) return explain(translate(...found.slice(1)));
  }
  for (const [form, translate] of PARTS) {
    for (const found of line.matchAll(form)) {
      const at = column - 1 - found.index;
      if (column > 0 && at >= 0 && at <= found[0].length) return explain(translate(...found.slice(1)));
    }
  }
  return undefined;
}

function explain(typescript: string): string {
  return `This reads as Python, and the cell is TypeScript.\nIn TypeScript: ${typescript}`;
}
