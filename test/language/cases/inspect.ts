// Inspections: what ran before, code with the cursor marked, and what is said in plain text.

export const files = {
  'lib.ts': '/** Doubles a number. */\nexport function twice(n: number): number {\n  return n * 2;\n}\n',
};

export const cells = [
  '/** How many there are. */\nlet count: number | undefined = 3;',
  '/**\n * Greets somebody.\n * @param name who it is\n * @param loud whether to shout\n * @returns the greeting\n */\nfunction greet(name: string, loud = false): string {\n  return loud ? name.toUpperCase() : name;\n}',
  '/** A point. */\nconst point = { x: 1, \n  /** upward */\n  y: 2 };',
  '/** An animal. */\nclass Animal<Kind> {\n  constructor(public kind: Kind) {}\n  /** Makes a sound. */\n  speak(times: number): string { return "" }\n}',
  'enum Color { Red, Green }\ninterface Options { kind: "one" | "two" }\ntype Pair = [number, string];\nnamespace Space { export const inner = 1; }',
  'import { twice } from "./lib.ts";\nimport fs from "node:fs";',
  'function area(side: number): number;\nfunction area(width: number, height: number): number;\nfunction area(a: number, b = a) { return a * b }',
  'let anything: any = 1;\nasync function later() { return 1 }\nconst arrow = (one: string, ...rest: number[]) => one;',
  'function wrap<A extends any[]>(f: (...args: A) => void) { return (...args: A): void => f(...args) }\n/** Waves.\n * @param far how far */\nconst wave = wrap((far: number) => {});',
];

/** Code → the plain text; undefined where nothing is found. */
export const table: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  'a name': {
    'count‸': 'let count: number | undefined\n\nHow many there are.',
    'co‸unt': 'let count: number | undefined\n\nHow many there are.',
    '‸count': 'let count: number | undefined\n\nHow many there are.',
    'point‸': 'const point: {\n    x: number;\n    y: number;\n}\n\nA point.',
    'point.y‸': '(property) y: number\n\nupward',
    'Animal‸': 'class Animal<Kind>\n\nAn animal.',
    'new Animal("cat").speak‸': '(method) Animal<string>.speak(times: number): string\n\nMakes a sound.',
    'new Animal("cat").kind‸': '(property) Animal<string>.kind: string',
    'Color‸': 'enum Color',
    'Color.Red‸': '(enum member) Color.Red = 0',
    'let o: Options‸': 'interface Options',
    'let p: Pair‸': 'type Pair = [number, string]',
    'Space.inner‸': 'const Space.inner: 1',
    'twice‸': 'function twice(n: number): number\n\nDoubles a number.',
    'later‸': 'function later(): Promise<number>',
    'arrow‸': 'const arrow: (one: string, ...rest: number[]) => string',
    'area‸': 'function area(side: number): number\nfunction area(width: number, height: number): number',
    'const here = 5;\nhere‸': 'const here: 5',
    'function f(p: string) { return p‸ }': '(parameter) p: string',
    '"😀漢字".length‸': '(property) String.length: number\n\nReturns the length of a String object.',
    'const 数 = [1];\n"😀"; 数‸': 'const 数: number[]',
    'console‸.log(1)': 'var console: Console',
    'globalThis‸': 'namespace globalThis',
    'const x: string‸ = ""': undefined,
    'anything‸': 'let anything: any',
    'greet("a").length‸': '(property) String.length: number\n\nReturns the length of a String object.',
  },
  'inside a call': {
    'greet(‸': 'greet(name: string, loud?: boolean): string\n\n▸ name: string: who it is\n\nGreets somebody.',
    'greet("a", ‸)':
      'greet(name: string, loud?: boolean): string\n\n▸ loud?: boolean: whether to shout\n\nGreets somebody.',
    'area(1, ‸)': 'area(width: number, height: number): number\narea(side: number): number\n\n▸ height: number',
    'new Animal(‸)': 'Animal(kind: unknown): Animal<unknown>\n\n▸ kind: unknown\n\nAn animal.',
    'arrow("", 1, ‸)': 'arrow(one: string, ...rest: number[]): string\n\n▸ ...rest: number[]',
    'twice(greet(‸))': 'greet(name: string, loud?: boolean): string\n\n▸ name: string: who it is\n\nGreets somebody.',
    'wave(‸)': 'wave(far: number): void\n\n▸ far: number\n\nWaves.\n\n@param far — how far',
    'twice( ‸ )': 'twice(n: number): number\n\n▸ n: number\n\nDoubles a number.',
  },
  nothing: {
    '‸': undefined,
    '1 + ‸ 2': undefined,
    'nowhere‸': undefined,
    '// count‸': undefined,
    '"count‸"': undefined,
    'const broken = (((‸': undefined,
  },
};
