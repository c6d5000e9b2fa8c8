// A program's tree as text, in both languages: each function of the tree becomes a coroutine function f0, f1 …
import { type Form, forms } from './forms.ts';
import type { Block, Statement } from './generate.ts';

/** How TypeScript's coroutines are written: `yield*` runs anywhere, `await` needs the compiler. */
export type Style = 'generator' | 'async';

interface Language {
  readonly indent: string;
  template(form: Form): string;
  define(name: string, body: string): string;
  task(call: string): string;
  value(value: number | string): string;
  readonly empty: string;
}

const python: Language = {
  indent: '    ',
  template: (form) => form.python,
  define: (name, body) => `async def ${name}():\n${body}`,
  task: (call) => `asyncio.create_task(${call})`,
  value: String,
  empty: 'pass',
};

function typescript(style: Style): Language {
  const [awaits, opens] = style === 'async' ? ['await', 'async ($1) => {'] : ['yield*', 'function* ($1) {'];
  return {
    indent: '  ',
    template: (form) => form.typescript.replaceAll('AWAIT', awaits).replace(/FN\(([\w$]*)\) \{/, opens),
    define: (name, body) => `const ${name} = coroutine(${opens.replace('$1', '')}\n${body}\n});`,
    task: (call) => `createTask(${call})`,
    value: (value) => String(value).replace(/^(True|False)$/, (word) => word.toLowerCase()),
    empty: '',
  };
}

/** The program in Python, without the prelude that it runs on. */
export function emitPython(program: Block): string {
  return emit(program, python);
}

/** The program in TypeScript (without types, so JavaScript too), without the prelude that it runs on. */
export function emitTypescript(program: Block, style: Style): string {
  return emit(program, typescript(style));
}

function emit(program: Block, language: Language): string {
  const texts: string[] = [];
  const name = (body: Block): string => {
    const at = texts.push('') - 1;
    texts[at] = language.define(`f${at}`, block(body, language, language.indent, name));
    return `f${at}()`;
  };
  name(program);
  return `${texts.join('\n\n')}\n`;
}

function block(body: Block, language: Language, indent: string, name: (body: Block) => string): string {
  if (body.length === 0) return indent + language.empty;
  return body.map((each) => statement(each, language, indent, name)).join('\n');
}

function statement(each: Statement, language: Language, indent: string, name: (body: Block) => string): string {
  const form = forms[each.form] as Form;
  const calls = each.functions.map(name);
  const words: Record<string, string> = {
    $id: `"${each.id}"`,
    $n: String(each.id),
    $a: language.value(each.a ?? ''),
    $b: language.value(each.b ?? ''),
    $t: String(each.task),
    $f: calls[0] ?? '',
    $fs: calls.join(', '),
    $tasks: calls.map(language.task).join(', '),
  };
  const lines = language.template(form).split('\n');
  return lines
    .map((line) => {
      const depth = (line.length - line.trimStart().length) / 2;
      const inside = indent + language.indent.repeat(depth);
      const word = line.trim();
      if (word === '$block') return block(each.blocks[0] ?? [], language, inside, name);
      if (word === '$other') return block(each.blocks[1] ?? [], language, inside, name);
      return inside + word.replace(/\$[a-z]+/g, (found) => words[found] ?? found);
    })
    .join('\n');
}
