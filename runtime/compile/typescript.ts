// esbuild's part: the parts of TypeScript that are more than types (enums, namespaces, parameter properties,
// decorators), and JSX.

import { stop, type TransformFailure, type TransformOptions, type TransformResult, transform } from '#host/esbuild';
import { isShort } from '../parser.ts';
import { lookUp, type Mappings } from './maps.ts';
import { CellSyntaxError } from './syntax-error.ts';

/** The contents of a tsconfig.json, as text or parsed; esbuild reads only what concerns it. */
export type TsConfig = NonNullable<TransformOptions['tsconfigRaw']>;

type CompilerOptions = NonNullable<Exclude<TsConfig, string>['compilerOptions']>;

/** What does not depend on the text. */
export interface Means {
  readonly tsconfig: TsConfig | undefined;
  /** Whether this process parses what comes out, and nothing may wait for it: a long text is a LongResult then. */
  readonly short?: boolean;
}

/** How a text is translated. */
export interface TranslateOptions extends Means {
  readonly jsx: boolean;
  /** False where nested classes and functions may come out with other names. Default true. */
  readonly keepNames?: boolean;
  /** Whether import and export become require and exports. Default false. */
  readonly commonjs?: boolean;
}

/** The compiler options of a tsconfig.json. */
function compilerOptions(tsconfig: TsConfig | undefined): CompilerOptions {
  const parsed = typeof tsconfig === 'string' ? (JSON.parse(tsconfig) as Exclude<TsConfig, string>) : tsconfig;
  return parsed?.compilerOptions ?? {};
}

/** Whether class fields are assigned: where the tsconfig says so, or its target has no class fields. */
export function assignsFields(tsconfig: TsConfig | undefined): boolean {
  const { useDefineForClassFields, target } = compilerOptions(tsconfig);
  if (useDefineForClassFields !== undefined) return !useDefineForClassFields;
  if (target === undefined || target.toLowerCase() === 'esnext') return false;
  const year = Number(target.toLowerCase().replace('es', ''));
  return year < 2022;
}

/** Whether decorators tell types: esbuild itself does not know that setting, which is for older decorators alone. */
export function emitsMetadata(tsconfig: TsConfig | undefined): boolean {
  const options: { experimentalDecorators?: boolean; emitDecoratorMetadata?: boolean } = compilerOptions(tsconfig);
  return options.experimentalDecorators === true && options.emitDecoratorMetadata === true;
}

/** esbuild's options: ours, and the tsconfig's. */
function options({ jsx, tsconfig, keepNames = true, commonjs = false }: TranslateOptions): TransformOptions {
  const own = compilerOptions(tsconfig);
  // Settings that do not mention JSX, or leave it to another tool, get our JSX runtime.
  const ours = jsx && (own.jsx === undefined || own.jsx === 'preserve' || own.jsx === 'react-native');
  const source = own.jsxImportSource ?? 'cokernel';
  return {
    loader: jsx ? 'tsx' : 'ts',
    target: 'esnext',
    supported: { decorators: false },
    ...(commonjs && { format: 'cjs' }),
    sourcemap: 'external',
    sourcesContent: false,
    charset: 'utf8',
    // Without this esbuild may rename a nested class or function, and change its `name`.
    keepNames,
    logLevel: 'silent',
    tsconfigRaw: {
      compilerOptions: {
        ...own,
        ...(ours ? { jsx: 'react-jsx', jsxImportSource: source } : {}),
        // Otherwise the loader leaves out what is imported as a type alone.
        verbatimModuleSyntax: !commonjs,
      },
    },
  };
}

/** What esbuild made of a short text is too long to be parsed in this process. */
export class LongResult extends Error {}

/** Translates with esbuild's service. `mappings` lead from `code` to the source. @throws CellSyntaxError, LongResult */
export async function translate(code: string, how: TranslateOptions, mappings: Mappings): Promise<TransformResult> {
  const result = await askEsbuild(code, options(how)).catch((error) => {
    throw inSource(error, mappings);
  });
  if (how.short && !isShort(result.code)) throw new LongResult('the text that esbuild made is long');
  return result;
}

/** Gives up the texts that esbuild has not answered, the first that asked first. */
const unanswered = new Set<(error: Error) => void>();

/** Asks esbuild's service, a process that may have been killed, and once more in that case: it is then started again. */
export async function askEsbuild(code: string, how: TransformOptions): Promise<TransformResult> {
  const { promise, reject } = Promise.withResolvers<never>();
  const again = (error: unknown) => {
    if ((error as Partial<TransformFailure>).errors !== undefined || !unanswered.has(reject)) throw error;
    return transform(code, how);
  };
  unanswered.add(reject);
  try {
    return await Promise.race([promise, transform(code, how).catch(again)]);
  } finally {
    unanswered.delete(reject);
  }
}

/**
 * Gives up the first text that waits for esbuild, as an interrupt asks, and ends the service, which may not react. The
 * other texts ask the next service.
 */
export function stopTranslating(): void {
  const [reject] = unanswered;
  if (reject === undefined) return;
  unanswered.delete(reject);
  reject(new Error('the compilation was interrupted'));
  void stop();
}

/** An error of esbuild, which checks rules that the parser does not, with its place in the source. */
function inSource(error: unknown, mappings: Mappings): unknown {
  const first = (error as Partial<TransformFailure>).errors?.[0];
  if (first === undefined) return error;
  const { line = 1, column = 0, lineText = '' } = first.location ?? {};
  // esbuild counts columns in bytes.
  const units = new TextDecoder().decode(new TextEncoder().encode(lineText).subarray(0, column)).length;
  const found = lookUp(mappings[line - 1], units);
  const [, , row = 0, place = 0] = found ?? [0];
  return new CellSyntaxError(first.text, row + 1, place + 1);
}
