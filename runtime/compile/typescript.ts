// esbuild's part: what of TypeScript is more than types (enums, namespaces, parameter properties, decorators), and JSX.

import {
  stop,
  type TransformFailure,
  type TransformOptions,
  type TransformResult,
  transform,
  transformSync,
} from 'esbuild';

import { lookUp, type Mappings } from './maps.ts';
import { CellSyntaxError } from './syntax-error.ts';

/** What a folder's tsconfig.json says, as text or parsed; esbuild reads only what concerns it. */
export type TsConfig = NonNullable<TransformOptions['tsconfigRaw']>;

type CompilerOptions = NonNullable<Exclude<TsConfig, string>['compilerOptions']>;

/** How a text is to be read. */
export interface TranslateOptions {
  readonly jsx: boolean;
  readonly tsconfig: TsConfig | undefined;
}

/** Options of a tsconfig.json, read. */
function compilerOptions(tsconfig: TsConfig | undefined): CompilerOptions {
  const given = typeof tsconfig === 'string' ? (JSON.parse(tsconfig) as Exclude<TsConfig, string>) : tsconfig;
  return given?.compilerOptions ?? {};
}

/** Whether class fields are assigned: where the tsconfig says so, or targets a language that had no fields. */
export function assignsFields(tsconfig: TsConfig | undefined): boolean {
  const { useDefineForClassFields, target } = compilerOptions(tsconfig);
  if (useDefineForClassFields !== undefined) return !useDefineForClassFields;
  if (target === undefined || target.toLowerCase() === 'esnext') return false;
  const year = Number(target.toLowerCase().replace('es', ''));
  return year < 2022;
}

/** Our settings, under the tsconfig's. */
function options({ jsx, tsconfig }: TranslateOptions): TransformOptions {
  const given = compilerOptions(tsconfig);
  // What says nothing of JSX, or leaves it to another tool, gets ours.
  const ours = jsx && (given.jsx === undefined || given.jsx === 'preserve' || given.jsx === 'react-native');
  const source = given.jsxImportSource ?? 'cokernel';
  return {
    loader: jsx ? 'tsx' : 'ts',
    target: 'esnext',
    supported: { decorators: false },
    sourcemap: 'external',
    sourcesContent: false,
    charset: 'utf8',
    // Without it esbuild may rename a nested class or function, and its `name` with it.
    keepNames: true,
    logLevel: 'silent',
    tsconfigRaw: {
      compilerOptions: {
        ...given,
        ...(ours ? { jsx: 'react-jsx', jsxImportSource: source } : {}),
        verbatimModuleSyntax: true,
      },
    },
  };
}

/** Translates with esbuild's service. `mappings` lead from `code` to the source. @throws CellSyntaxError */
export async function translate(code: string, how: TranslateOptions, mappings: Mappings): Promise<TransformResult> {
  try {
    return await served(() => transform(code, options(how)));
  } catch (error) {
    throw inSource(error, mappings);
  }
}

/** esbuild's service is a process that can be killed like any other, and is not started again by itself. */
async function served<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if ((error as Partial<TransformFailure>).errors !== undefined) throw error;
    await stop();
    return ask();
  }
}

/** The same, blocking: a process of its own for each call. */
export function translateSync(code: string, how: TranslateOptions, mappings: Mappings): TransformResult {
  try {
    return transformSync(code, options(how));
  } catch (error) {
    throw inSource(error, mappings);
  }
}

/** An error of esbuild's, which knows rules that the parser does not, at its place in the source. */
function inSource(error: unknown, mappings: Mappings): unknown {
  const first = (error as Partial<TransformFailure>).errors?.[0];
  if (first === undefined) return error;
  const { line = 1, column = 0, lineText = '' } = first.location ?? {};
  // esbuild counts columns in bytes.
  const units = Buffer.from(lineText).subarray(0, column).toString().length;
  const found = lookUp(mappings[line - 1], units);
  const [, , row = 0, place = 0] = found ?? [0];
  return new CellSyntaxError(first.text, row + 1, place + 1);
}
