// Texts that a person writes in the debugger: TypeScript, evaluated where the program stands, in the scopes of a suspended
// coroutine, or among the notebook's names.

import type { ScopedText } from '../../runtime/events.ts';
import { isShort, parseText } from '../../runtime/parser.ts';
import type { StackFrame } from './call-stack.ts';
import { Refusal } from './dap.ts';
import {
  checked,
  DEBUGGEE_TEXT,
  type Evaluated,
  NOTHING,
  type Program,
  type RemoteObject,
} from './debugged-program.ts';
import type { Scopes } from './frame-scopes.ts';

/** Evaluation. */
export interface Evaluation {
  /** Evaluates a text in a frame; without one, among the notebook's names. @throws Refusal with what it threw */
  evaluate(text: string, frame: StackFrame | undefined, group: string): Promise<RemoteObject>;
  /**
   * Evaluates an expression of our own around code of the person's, which is ended after two seconds. @throws Refusal then,
   * and with what it threw
   */
  limited(expression: string, params?: object): Promise<RemoteObject>;
  /** A text as V8 evaluates it where `bound` are the names around it that are not the notebook's. */
  compile(text: string, bound: readonly string[]): Promise<string>;
  /** A text as V8 evaluates it in a file, where the notebook's names are not seen. */
  javaScript(text: string): Promise<string>;
}

/** Names of the notebook in a text are written as in compiled cells; undefined where it does not parse. */
export type ScopeText = (text: string, bound: string) => Promise<ScopedText | undefined>;

/** What never ends is ended. */
const LIMIT_MS = 2_000;

/** What it needs. */
export interface EvaluationParts {
  readonly program: Program;
  readonly scopes: Scopes;
  readonly scopeText: ScopeText;
  /** V8's innermost frame, where the program stands. */
  readonly innermost: () => string | undefined;
}

/** Makes the evaluation of a program's texts. */
export function createEvaluation({ program, scopes, scopeText, innermost }: EvaluationParts): Evaluation {
  const compile = async (text: string, bound: readonly string[]): Promise<string> => {
    const plain = await withoutTypes(text);
    const scoped = await scopeText(plain, bound.join(' '));
    if (scoped === undefined) return plain;
    if (scoped.used !== '' || scoped.written !== '') {
      await program.ask(`open(${JSON.stringify(scoped.used)}, ${JSON.stringify(scoped.written)})`);
    }
    return scoped.code;
  };
  const run = async (method: string, params: object): Promise<RemoteObject> => {
    const limits = { timeout: LIMIT_MS, generatePreview: true, silent: true };
    const answer = await program.inspector.call<Evaluated>(method, { ...params, ...limits }).catch((error: Error) => {
      throw /terminated/i.test(error.message)
        ? new Refusal(`This was still running after ${LIMIT_MS / 1000} seconds and was ended.`)
        : error;
    });
    return checked(answer);
  };
  /**
   * While the program stands, V8 ends only what it evaluates in a frame; what is evaluated apart from them would hold the
   * debugger for ever. So a function is made apart, where no local hides a name, and called in the frame.
   */
  const limited = async (expression: string, params: object = {}): Promise<RemoteObject> => {
    const callFrameId = innermost();
    if (callFrameId === undefined) return run('Runtime.evaluate', { expression, ...params });
    await program.ask(`prepare(() => (${expression}))`);
    return run('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression: `${DEBUGGEE_TEXT}.prepared()`,
      ...params,
    });
  };
  return {
    compile,
    limited,
    javaScript: withoutTypes,
    async evaluate(text, frame, objectGroup) {
      const values = frame ? await scopes.valuesOf(frame) : new Map<string, RemoteObject>();
      const isCell = frame?.script?.isCell ?? true;
      const expression = isCell ? await compile(text, [...values.keys(), 'arguments']) : await withoutTypes(text);
      if (frame?.call) {
        const { callFrameId } = frame.call;
        return run('Debugger.evaluateOnCallFrame', { callFrameId, expression, objectGroup });
      }
      if (!frame) return run('Runtime.evaluate', { expression, objectGroup });
      // The scopes of a suspended coroutine cannot be entered: their values become parameters.
      const names = [...values.keys()].filter((name) => name !== 'this');
      await program.callOn(
        NOTHING,
        `function (...values) { ${DEBUGGEE_TEXT}.keep({ values }); }`,
        names.map((name) => values.get(name) as RemoteObject),
      );
      const body = `return (${expression.replace(/;\s*$/, '')}\n);`;
      const call = `(function (${names.join(', ')}) { ${body} }).apply(undefined, ${DEBUGGEE_TEXT}.kept().values)`;
      return limited(call, { objectGroup });
    },
  };
}

/** Whether a text is one expression of TypeScript. */
export function isExpression(text: string): boolean {
  return isShort(text) && parses(`(${text}\n)`);
}

/** Whether a variable can have that name. */
export function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text) && parses(`let ${text}`);
}

/** The text as JavaScript. @throws Refusal where it is not TypeScript, or awaits */
async function withoutTypes(text: string): Promise<string> {
  if (!isShort(text)) throw new Refusal('The text is too long to be evaluated here: run it in a cell.');
  const source = /^\s*\{/.test(text) && parses(`(${text}\n)`) ? `(${text}\n)` : text;
  if (!parses(source)) throw new Refusal(errorOf(source));
  if (awaits(source)) {
    throw new Refusal(
      '`await` needs the program to go on, and it stands still. Look at the task or promise itself, or await it in a cell.',
    );
  }
  if (parses(source, 'js')) return source;
  const { askEsbuild } = await import('../../runtime/compile/typescript.ts');
  const { code } = await askEsbuild(source, { loader: 'ts', target: 'esnext', tsconfigRaw: TSCONFIG });
  // esbuild ends every expression as a statement.
  return code.trimEnd().replace(/;$/, '');
}

/** Nothing of the text is dropped because it seems unused. */
const TSCONFIG = { compilerOptions: { verbatimModuleSyntax: true } };

function read(source: string, lang: 'ts' | 'js') {
  return parseText(`text.${lang}`, source, { lang, sourceType: 'module', astType: 'ts' });
}

function parses(source: string, lang: 'ts' | 'js' = 'ts'): boolean {
  return read(source, lang).errors.length === 0;
}

function errorOf(source: string): string {
  return `SyntaxError: ${read(source, 'ts').errors[0]?.message ?? 'this is not TypeScript'}`;
}

/** Whether there is an await outside of functions. */
function awaits(source: string): boolean {
  const visit = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(visit);
    if (typeof value !== 'object' || value === null) return false;
    const { type } = value as { readonly type?: unknown };
    if (typeof type === 'string' && /Function/.test(type)) return false;
    if (type === 'AwaitExpression') return true;
    return Object.values(value).some(visit);
  };
  return visit(read(source, 'ts').program.body);
}
