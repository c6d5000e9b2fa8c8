// What people who know IPython or ITypescript may type: magics, shell commands, `name?`, and Python itself (python.ts). None of it is
// TypeScript; each gets a sentence that says what to write instead. Only lines that did not compile are looked at.

import { fromPython } from './python.ts';

/** How to do here what a magic does in IPython. */
const MAGICS: Readonly<Record<string, string>> = {
  time: "To time code: console.time('it') before, console.timeEnd('it') after",
  timeit: 'To time code: performance.now() before and after it gives milliseconds',
  html: 'To show HTML: html`<b>…</b>`',
  svg: 'To show a drawing: svg`<svg>…</svg>`',
  markdown: "To show Markdown: markdown('…'), or make this a Markdown cell",
  latex: 'To show a formula: latex`…`',
  bash: shell('ls -l'),
  sh: shell('ls -l'),
  system: shell('ls -l'),
  ls: shell('ls -l'),
  cd: "To change the folder: process.chdir('…')",
  pwd: 'The folder is process.cwd()',
  env: 'The environment is process.env',
  pip: "Packages come from npm: await jupyter.install('NAME')",
  conda: "Packages come from npm: await jupyter.install('NAME')",
  npm: "To install a package: await jupyter.install('NAME')",
  who: 'All names: jupyter.names()',
  whos: 'All names: jupyter.names()',
  load: "Code of another file: import { … } from './file.ts'",
  run: "Code of another file: import './file.ts'",
  javascript: 'A cell is TypeScript already; it runs in Node, not in the page',
  js: 'A cell is TypeScript already; it runs in Node, not in the page',
  typescript: 'A cell is TypeScript already: leave the line out',
  ts: 'A cell is TypeScript already: leave the line out',
  matplotlib: 'To draw: vega(…) for a chart, svg`…` for anything',
  async: 'A cell may await wherever it likes, and is done when its last await is',
  asynchronous: 'A cell may await wherever it likes, and is done when its last await is',
  jsx: 'Settings of the compiler are in a tsconfig.json beside the notebook: { "compilerOptions": { "jsx": … } }',
  target: 'Cells run as the newest JavaScript that Node knows: leave the line out',
  module: 'Cells are modules, and may require: leave the line out',
  moduleResolution: 'Packages are found as bundlers find them: leave the line out',
  esModuleInterop: 'It is always on: leave the line out',
  writefile: "To write a file: import { writeFileSync } from 'node:fs'",
};

/** Those of them that are not IPython's. */
const ITYPESCRIPT = new Set([
  'async',
  'asynchronous',
  'jsx',
  'target',
  'module',
  'moduleResolution',
  'esModuleInterop',
]);

/**
 * Explains a line from IPython, and says what to write instead; undefined for any other line. `first`: no code comes
 * before it, so that a question mark at its start does not belong to a condition. `column`: where the parser found the
 * error in it, from 1.
 */
export function foreign(line: string, first: boolean, column = 0): string | undefined {
  const [, marks = '', magic = ''] = /^\?{0,2}(%{1,2})([a-z]\w*)[!?]{0,2}(?:\s|$)/i.exec(line) ?? [];
  if (magic) {
    const instead = MAGICS[magic] ?? 'What a notebook can do here are functions: run `jupyter` for a list';
    return `${marks}${magic} is a magic of ${ITYPESCRIPT.has(magic) ? 'ITypescript' : 'IPython'}, and this is a TypeScript cell.\n${instead}`;
  }
  const command = /^!\s*([\w./~-]+(?:\s+[\w./~"'$*-].*)?)$/.exec(line)?.[1];
  if (command !== undefined) return shellCommand(command.trimEnd());
  const help = (first && /^\?{1,2}\s*([\p{L}$_][\p{ID_Continue}$.]*)\s*$/u.exec(line)) || BEHIND.exec(line);
  return help ? question(help[1] as string) : fromPython(line, column);
}

const BEHIND = /^([\p{L}$_][\p{ID_Continue}$.]*)\s*\?{1,2}\s*$/u;

/** As {@link foreign}, for a line such as `!ls`, which compiles; `name` is the undeclared name in it. */
export function foreignCommand(line: string, name: string): string | undefined {
  const command = /^!\s*(\S.*)$/.exec(line)?.[1];
  return command?.startsWith(name) ? shellCommand(command.trimEnd()) : undefined;
}

function shellCommand(command: string): string {
  return `!${command} is a shell command of IPython, and this is a TypeScript cell.\n${installation(command) ?? shell(command)}`;
}

/** For a command that installs packages; undefined for any other. */
function installation(command: string): string | undefined {
  const [, words = ''] = /^(?:(?:npm|pnpm) (?:install|i|add)|yarn add)\s(.*)$/.exec(command) ?? [];
  const names = words.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'));
  if (names.length === 0) return undefined;
  return `To install packages beside the notebook: await jupyter.install(${names.map((name) => `'${name}'`).join(', ')})`;
}

function question(name: string): string {
  return `${name}? is a question of IPython, and this is a TypeScript cell.\nTo see what ${name} is: put the cursor on it and press Shift+Tab, or run ${name}`;
}

function shell(command: string): string {
  const quoted = command.includes("'") ? JSON.stringify(command) : `'${command}'`;
  return `To run a program: import { execSync } from 'node:child_process'; execSync(${quoted}, { stdio: 'inherit' })`;
}
