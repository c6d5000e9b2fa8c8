// eval and Function as cells call them by name: names in such texts are the notebook's. Those of packages, and of cells
// that reach them in another way (globalThis.eval, a function's constructor), are JavaScript's own.

import { SUFFIX, TEXT_CELL } from '../../compile/suffix.ts';
import type { ScopedText } from '../../events.ts';
import type { Names } from './notebook-names.ts';

/** What an import gives. */
export type Namespace = Readonly<Record<string, unknown>>;

/** What compiled code calls for its texts: a part of `__cell`, and all that a text itself can reach. */
export interface Texts {
  /** Whether the name exists. If not, compiled code answers its `typeof` without reading it. */
  known(name: string): boolean;
  /** The text for the real, direct eval in place of `text`; `bound` lists the names bound around it, with spaces. */
  text(text: unknown, bound: string): unknown;
  /** `import()`: as in a file beside the notebook. */
  import(specifier: unknown, attributes?: ImportAttributes): Promise<Namespace>;
  /** Function, where no cell declared a name like it. */
  readonly Function: unknown;
}

/** Texts that were compiled are kept: a loop may evaluate one many times. */
const MOST = 500;

/** The functions that the cells' realm has for texts. */
export type Evaluators = Pick<typeof globalThis, 'eval' | 'Function'>;

/** `compile` has the kernel process compile a text; undefined where it does not parse. `load` imports. */
export function createTexts(
  names: Names,
  compile: (text: string, bound: string) => ScopedText | undefined,
  load: (specifier: string, attributes?: ImportAttributes) => Promise<Namespace>,
  realm: Evaluators = globalThis,
): Texts {
  const known = new Map<string, ScopedText | undefined>();
  const compiled = (text: string, bound: string): string | undefined => {
    const key = `${bound}\n${text}`;
    if (!known.has(key)) {
      if (known.size >= MOST) known.clear();
      known.set(key, compile(text, bound));
    }
    const found = known.get(key);
    if (found) names.use(found.used, found.written);
    return found?.code;
  };
  const scoped = (text: unknown, bound: string): unknown =>
    typeof text === 'string' ? (compiled(text, bound) ?? text) : text;
  const { eval: native } = realm;
  const maker = functionMaker((text) => compiled(text, ''), realm);
  const texts: Texts = {
    known: names.known,
    text: scoped,
    async import(specifier, attributes) {
      // What is no text, such as a URL, becomes one, as in JavaScript.
      const namespace = await load(`${specifier}`, attributes);
      // A package may have replaced what the language or Node gives.
      names.renew();
      return namespace;
    },
    get Function() {
      return names.isDeclared('Function') ? names.read('Function')?.value : maker;
    },
  };
  // Where it is not called directly, eval sees no names around it.
  const indirect = { eval: (text: unknown): unknown => native(scoped(text, '') as string) };
  names.preset('eval', { value: indirect.eval, writable: true });
  names.preset(TEXT_CELL.slice(0, -SUFFIX.length), { value: texts });
  return texts;
}

/** A Function whose functions see the notebook's names. In all else it is JavaScript's own. */
function functionMaker(compiled: (text: string) => string | undefined, realm: Evaluators): unknown {
  const { eval: native } = realm;
  // Called with the real constructor first, which refuses what is not the text of a function.
  const make = (real: FunctionConstructor, given: readonly unknown[]): unknown => {
    const parts = given.map(String);
    const own = Reflect.construct(real, parts);
    const body = parts.pop() ?? '';
    const code = compiled(`(function anonymous(${parts.join(',')}\n) {\n${body}\n})`);
    return code === undefined ? own : native(code);
  };
  const maker: unknown = new Proxy(realm.Function, {
    apply: (real, _, parts) => make(real, parts),
    construct: (real, parts, target) =>
      (target === maker ? make(real, parts) : Reflect.construct(real, parts, target)) as object,
  });
  return maker;
}
