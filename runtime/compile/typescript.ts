// esbuild's part: what of TypeScript is more than types (enums, namespaces, parameter properties, decorators), and JSX.

import { type TransformOptions, type TransformResult, transform, transformSync } from 'esbuild';

/** What a folder's tsconfig.json says, as text or parsed; esbuild reads only what concerns it. */
export type TsConfig = NonNullable<TransformOptions['tsconfigRaw']>;

/** How a text is to be read. */
export interface TranslateOptions {
  readonly jsx: boolean;
  readonly tsconfig: TsConfig | undefined;
}

/** Our settings, under the tsconfig's. */
function options({ jsx, tsconfig }: TranslateOptions): TransformOptions {
  const given = typeof tsconfig === 'string' ? (JSON.parse(tsconfig) as Exclude<TsConfig, string>) : tsconfig;
  const automatic = jsx && given?.compilerOptions?.jsx === undefined;
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
    tsconfigRaw: { compilerOptions: { ...given?.compilerOptions, verbatimModuleSyntax: true } },
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
