// Completions: what ran before, code with the cursor marked, and what is offered for which text.

export const files = {
  'util.ts': 'export const util: number = 1;\nexport interface Shape { side: number }\n',
  'lib/deep.ts': 'export function deep(text: string): string { return text }\n',
  'data.json': '{"alpha": 1}\n',
  'node_modules/shapes/package.json': '{"name": "shapes", "version": "1.0.0", "types": "index.d.ts"}',
  'node_modules/shapes/index.d.ts': '/** Area of a square. */\nexport declare function area(side: number): number;\n',
};

/** What ran before every case. */
export const cells = [
  'let count = 3;\n/** How people are greeted. */\nfunction greet(name: string, loud = false): string { return name }',
  'const point = { x: 1, y: 2, label: "p", "a-b": 0 };\nconst 数 = [1, 2];\nconst süß = "s";',
  'class Animal<Kind> { kind!: Kind; private secret = 1; static made = 0; speak(): string { return "" } }',
  'enum Color { Red, Green }\ninterface Options { kind: "one" | "two"; size?: number }\nfunction draw(options: Options) {}',
  'namespace Space { export const inner = 1; export type Hidden = string }\ntype Pair = [number, string];',
  'import { util, type Shape } from "./util.ts";\nimport fs from "node:fs";\nconst loaded = await import("./lib/deep.ts");',
  'let anything: any = { live: 1 };\nlet changing = "text";',
  'let changing = 5;',
  'const point2 = point; let maybe: { deep?: { value: number } } | undefined = undefined as any;',
  'declare let maybe2: { deep: number | undefined } | undefined;',
  'async function later() { return [1, 2, 3] }\nexport const table = new Map<string, Date>();',
  'function area(side: number): number;\nfunction area(width: number, height: number): number;\nfunction area(a: number, b = a) { return a * b }',
];

export interface Case {
  readonly code: string;
  /** The whole list, in order. */
  readonly all?: readonly string[];
  /** Some of the list. */
  readonly some?: readonly string[];
  readonly none?: readonly string[];
  /** What the completion replaces; '' unless said. */
  readonly replaced?: string;
  /** Type and signature of the first. */
  readonly type?: string;
  readonly signature?: string;
}

export const table: Readonly<Record<string, readonly Case[]>> = {
  'where a value may be undefined': [
    { code: 'maybe2.‸', all: ['?.deep'], replaced: '.', type: 'property' },
    { code: 'maybe2.deep.toFi‸', all: ['?.toFixed'], replaced: '.toFi', type: 'method' },
    { code: 'maybe2?.de‸', all: ['deep'], replaced: 'de' },
    { code: '(maybe2 as any as string | undefined).toUp‸ + 1', all: ['?.toUpperCase'], replaced: '.toUp' },
  ],
  members: [
    { code: 'point.‸', all: ['label', 'x', 'y'], type: 'property', signature: 'label: string' },
    { code: 'point.l‸', all: ['label'], replaced: 'l' },
    { code: 'point.LA‸', all: ['label'], replaced: 'LA' },
    { code: 'point.la‸bel', all: ['label'], replaced: 'la' },
    { code: 'point2.‸', all: ['label', 'x', 'y'] },
    { code: 'point\n  .‸', all: ['label', 'x', 'y'] },
    { code: 'point?.‸', all: ['label', 'x', 'y'] },
    { code: 'point["‸"]', all: ['a-b', 'label', 'x', 'y'] },
    { code: 'maybe?.deep?.‸', all: ['value'], signature: 'value: number' },
    { code: 'new Animal<string>().‸', all: ['kind', 'speak'], signature: 'Animal<string>.kind: string' },
    {
      code: 'new Animal<string>().kind.toUpperC‸',
      all: ['toUpperCase'],
      replaced: 'toUpperC',
      type: 'method',
      signature: 'String.toUpperCase(): string',
    },
    { code: 'Animal.‸', some: ['made', 'prototype'], none: ['speak'] },
    { code: 'Color.‸', all: ['Green', 'Red'], type: 'enumMember', signature: 'Color.Green = 1' },
    { code: 'Space.‸', all: ['inner'], type: 'variable' },
    { code: 'let a: Space.‸', all: ['Hidden'] },
    { code: 'count.toF‸', all: ['toFixed'], replaced: 'toF' },
    { code: 'changing.toF‸', all: ['toFixed'], replaced: 'toF' },
    { code: 'changing.toUpper‸', all: [], replaced: 'toUpper' },
    { code: '(await later()).fla‸', all: ['flat', 'flatMap'], replaced: 'fla' },
    { code: 'table.get("a")?.getFullY‸', all: ['getFullYear'], replaced: 'getFullY' },
    { code: 'greet("").tri‸', some: ['trim', 'trimEnd', 'trimStart'], replaced: 'tri' },
    { code: '[{ deep: 1 }].map((each) => each.‸)', all: ['deep'] },
    { code: 'loaded.‸', all: ['deep'], type: 'function', signature: 'function deep(text: string): string' },
    { code: 'fs.readFileS‸', all: ['readFileSync'], replaced: 'readFileS' },
    { code: 'process.ver‸', all: ['version', 'versions'], replaced: 'ver' },
    { code: 'console.lo‸', all: ['log'], replaced: 'lo', type: 'method' },
    { code: 'class A { #hidden = 1; m() { this.#h‸ } }', all: ['#hidden'], replaced: '#h' },
    { code: 'util.toF‸', all: ['toFixed'], replaced: 'toF' },
  ],
  names: [
    {
      code: 'gre‸',
      all: ['greet'],
      replaced: 'gre',
      type: 'function',
      signature: 'function greet(name: string, loud?: boolean): string',
    },
    { code: 'coun‸', some: ['count'], replaced: 'coun', type: 'variable', signature: 'let count: number' },
    { code: 'Anim‸', all: ['Animal'], replaced: 'Anim', type: 'class' },
    { code: 'Colo‸', all: ['Color'], replaced: 'Colo', type: 'enum' },
    { code: 'Spac‸', all: ['Space'], replaced: 'Spac', type: 'module' },
    { code: 'let pair: Pai‸', all: ['Pair'], replaced: 'Pai', type: 'type' },
    { code: 'let options: Optio‸', some: ['Options'], replaced: 'Optio', type: 'interface' },
    { code: 'let shape: Shap‸', all: ['Shape'], replaced: 'Shap' },
    { code: 'structuredCl‸', all: ['structuredClone'], replaced: 'structuredCl', type: 'function' },
    { code: 'awai‸', all: ['await'], replaced: 'awai', type: 'keyword' },
    { code: 'conti‸', all: ['continue'], replaced: 'conti', type: 'keyword' },
    { code: 'const here = 1;\nconst above = her‸', all: ['here'], replaced: 'her', signature: 'const here: 1' },
    { code: 'if (true) { const within = 1; with‸', some: ['within'], replaced: 'with' },
    { code: 'function f(parameter: string) { return para‸ }', all: ['parameter'], replaced: 'para' },
    { code: 'for (const element of 数) { elem‸', all: ['element'], replaced: 'elem' },
    { code: '`${gree‸`', all: ['greet'], replaced: 'gree' },
    { code: 'are‸', all: ['area'], replaced: 'are', signature: 'function area(side: number): number (+1 overload)' },
  ],
  'places in code points': [
    { code: '"😀".toUpperC‸', all: ['toUpperCase'], replaced: 'toUpperC' },
    { code: '"漢字😀🇩🇪"; point.‸', all: ['label', 'x', 'y'] },
    { code: '/* 👩‍👩‍👧 */ point.la‸ /* 😀 */', all: ['label'], replaced: 'la' },
    { code: '数.fla‸', all: ['flat', 'flatMap'], replaced: 'fla' },
    { code: '数‸', all: ['数'], replaced: '数' },
    { code: 'sü‸', all: ['süß'], replaced: 'sü' },
    { code: '"😀"\r\npoint.la‸\r\n', all: ['label'], replaced: 'la' },
    { code: 'const 名 = { キー: 1 }; 名.キ‸', all: ['キー'], replaced: 'キ' },
  ],
  imports: [
    { code: 'import x from "./‸"', all: ['data.json', 'lib', 'util'], type: 'file' },
    { code: 'import x from "./u‸"', all: ['util'], replaced: 'u' },
    { code: 'import x from "./lib/‸"', all: ['deep'] },
    { code: 'import x from "node:f‸"', some: ['node:fs', 'node:fs/promises'], replaced: 'node:f', type: 'module' },
    { code: 'import x from "sha‸"', all: ['shapes'], replaced: 'sha' },
    { code: 'import { ‸ } from "shapes"', some: ['area'] },
    { code: 'import { readFileS‸ } from "node:fs"', some: ['readFileSync'], replaced: 'readFileS' },
    { code: 'const x = await import("./l‸")', all: ['lib'], replaced: 'l' },
    { code: 'require("./d‸")', all: ['data.json'], replaced: 'd' },
  ],
  'keys and literals': [
    { code: 'draw({ ‸ })', all: ['kind', 'size'], type: 'property', signature: 'Options.kind: "one" | "two"' },
    { code: 'draw({ kind: "one", s‸ })', all: ['size'], replaced: 's' },
    { code: 'draw({ kind: "‸" })', all: ['one', 'two'], type: 'constant' },
    { code: 'draw({ kind: "o‸" })', all: ['one'], replaced: 'o' },
    { code: 'const options: Options = { kind: ‸ }', some: ['"one"', '"two"'] },
    { code: 'let side: "left" | "right" = "l‸"', all: ['left'], replaced: 'l' },
    { code: 'const { ‸ } = point', some: ['label', 'x', 'y'] },
    { code: 'fs.readFileSync("x", "utf‸")', some: ['utf-8', 'utf8'], replaced: 'utf' },
  ],
  'attributes of JSX': [
    { code: 'const view = <a hr‸', all: ['href'], replaced: 'hr', type: 'property' },
    { code: 'const view = <a href="x" cla‸></a>', all: ['class', 'className'], replaced: 'cla' },
    { code: 'const view = <svg><circle c‸ /></svg>', some: ['cx', 'cy', 'class'], none: ['href'], replaced: 'c' },
    { code: 'const view = <div><text‸ /></div>', some: ['text', 'textarea'], replaced: 'text' },
    { code: 'function Bar(props: { wide: number }) { return "" }\n<Bar ‸ />', some: ['wide'], none: ['href'] },
  ],
  'where nothing can be said': [
    { code: '// point.‸', all: [] },
    { code: '/* point.‸ */', all: [] },
    { code: '"point.‸"', all: [] },
    { code: 'unknownName.‸', all: [] },
    { code: 'let fresh‸', all: [], replaced: 'fresh' },
  ],
};
