// Compiles local TypeScript and JavaScript files to JavaScript, in the module format they were written in, with
// coroutine literals lowered and, for the kernel, interrupt checks in loops. Imports stay imports.

import type { TransformResult } from 'esbuild';
import type { Node } from 'oxc-parser';
import { extname } from '#host/paths';
import { namesAfter, resolver } from './cokernel-names.ts';
import { settle } from './doubt.ts';
import { FLAG } from './flag.ts';
import { type Mappings, mapText, refine } from './maps.ts';
import { visitModule } from './module-statements.ts';
import { normalise } from './normalise.ts';
import { type Language, type Parsed, parse } from './parse.ts';
import { createRewrite, type Rewrite } from './rewrite.ts';
import { countedByV8 } from './separators.ts';
import { supportText } from './support.ts';
import { explained } from './syntax-error.ts';
import { assignsFields, emitsMetadata, type TsConfig, translate } from './typescript.ts';
import { enter } from './visit.ts';
import { writeOut } from './write-out.ts';

/** A compiled file. */
export interface CompiledModule {
  readonly code: string;
  /**
   * Source maps (v3, JSON) from `code` to the source. Where there are two, the first leads to the text that the second
   * maps.
   */
  readonly maps: readonly string[];
}

/** The settings of one file. */
export interface ModuleOptions {
  /** The tsconfig.json that applies to the file; its JSX and decorator settings count. */
  readonly tsconfig?: TsConfig;
  /** False leaves out interrupt checks: people's own builds are not interrupted. Default true. */
  readonly checks?: boolean;
  /** As in CompilerOptions. */
  readonly stop?: string;
}

/** The file's text with our edits, before esbuild's part. */
interface Lowered {
  readonly code: string;
  readonly map: string;
  readonly mappings: Mappings;
  readonly rewrite: Rewrite;
  readonly parsed: Parsed;
}

/** Compiles a file. Rejects with a CellSyntaxError where it does not parse, or cannot be lowered. */
export async function compileModule(
  source: string,
  path: string,
  options: ModuleOptions = {},
): Promise<CompiledModule> {
  const lowered = lowerModule(source, path, options);
  await settle(lowered.parsed, { tsconfig: options.tsconfig });
  return lowered.rewrite.needs.has('esbuild') || turnsCommonJs(path, lowered)
    ? joined(lowered, await translate(lowered.code, how(path, lowered, options), lowered.mappings))
    : { code: lowered.code, maps: [lowered.map] };
}

function how(path: string, lowered: Lowered, { tsconfig }: ModuleOptions): Parameters<typeof translate>[1] {
  const { needs } = lowered.rewrite;
  return { jsx: needs.has('jsx'), tsconfig, commonjs: turnsCommonJs(path, lowered) };
}

/** Whether a file is CommonJS by its name and written with import and export, as TypeScript allows. */
function turnsCommonJs(path: string, { parsed }: Lowered): boolean {
  return extname(path) === '.cts' && isModule(parsed);
}

function isModule({ program }: Parsed): boolean {
  return (program.body as readonly Node[]).some(
    ({ type }) => type === 'ImportDeclaration' || type.startsWith('Export'),
  );
}

function joined({ map }: Lowered, { code, map: outer }: TransformResult): CompiledModule {
  return { code, maps: [outer, map] };
}

/** Lowers coroutine literals and removes types. What only esbuild can transform stays in the text. */
export function lowerModule(text: string, path: string, options: ModuleOptions): Lowered {
  return explained(() => lowerText(text, path, options));
}

function lowerText(text: string, path: string, { checks = true, stop, tsconfig }: ModuleOptions): Lowered {
  const source = normalise(text);
  const parsed = parse(source, languagesOf(path));
  const names = namesAfter(parsed.program, new Map());
  const rewrite = createRewrite(
    parsed,
    {
      target: 'module',
      checks,
      stop,
      file: path,
      resolve: resolver(names),
      assignsFields: parsed.language.startsWith('ts') && assignsFields(tsconfig),
      metadata: emitsMetadata(tsconfig),
    },
    enter,
  );
  visitModule(rewrite, parsed.program);
  const { edits } = rewrite;
  edits.prepend(headText(rewrite, parsed));
  const support = supportText(rewrite);
  if (support !== '') edits.append(`\n${support}`);
  const { code, mappings: pieces } = writeOut(edits, source);
  const mappings = refine(countedByV8(code, pieces), code, source);
  return { code, map: mapText(mappings, path, 0), mappings, rewrite, parsed };
}

/** The grammars that a file may follow, by its name. */
export function languagesOf(path: string): Language[] {
  switch (extname(path)) {
    case '.tsx':
      return ['tsx'];
    case '.jsx':
      return ['jsx'];
    case '.js':
    case '.mjs':
    case '.cjs':
      return ['js', 'jsx'];
    default:
      return ['ts'];
  }
}

/** The declarations that the transformed text needs, on its first line, so that no line moves. */
function headText({ needs, names }: Rewrite, parsed: Parsed): string {
  let text = '';
  if (needs.has('library')) {
    text += isModule(parsed)
      ? `import * as ${names.co} from "cokernel/compiled"; `
      : `const ${names.co} = require("cokernel/compiled"); `;
  }
  if (needs.has('stop') || needs.has('resumed')) {
    // Outside of a cell process the flag is never set.
    text += `const ${names.cell} = globalThis["cokernel cell"] ?? { stopped: globalThis.${FLAG} = 0 }; `;
  }
  return text;
}
