// esbuild's part: what of TypeScript is more than types (enums, namespaces, parameter properties, decorators), and JSX.

import { type TransformOptions, type TransformResult, transform, transformSync } from 'esbuild';

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
  const automatic = jsx && given.jsx === undefined;
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
    ...(automatic ? { jsx: 'automatic', jsxImportSource: 'cokernel' } : {}),
    tsconfigRaw: { compilerOptions: { ...given, verbatimModuleSyntax: true } },
  };
}

/** Translates with esbuild's service. */
export function translate(code: string, how: TranslateOptions): Promise<TransformResult> {
  return transform(code, options(how));
}

/** The same, blocking: a process of its own for each call. */
export function translateSync(code: string, how: TranslateOptions): TransformResult {
  return transformSync(code, options(how));
}
