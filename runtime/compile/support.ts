// The functions that compiled text may need beside the coroutine engine, as text: they travel with the code that
// uses them, at its end, so that no line moves.

import type { Names, Need } from './rewrite.ts';

/** The text of all that is needed. */
export function supportText(needs: ReadonlySet<Need>, names: Names): string {
  const { own, co, cell, stop } = names;
  let text = '';
  if (needs.has('resumed')) text += `function ${own}r(v) { if (${stop}[0]) ${cell}.struck(); return v; }\n`;
  if (needs.has('iterate')) text += iterate(own);
  if (needs.has('dispose')) text += dispose(own);
  if (needs.has('delegate')) text += delegate(own, co);
  return text;
}

/** i: an iterator, asynchronous or else (`sync`) one whose values are awaited. o: what an iterator answers is an object. */
const iterate = (own: string): string => `\
function ${own}i(iterable) {
  const method = iterable[Symbol.asyncIterator];
  const sync = method == null;
  const iterator = ${own}o(sync ? iterable[Symbol.iterator]() : method.call(iterable));
  const step = iterator.next;
  return { iterator, sync, next: () => step.call(iterator) };
}
function ${own}o(result) {
  if (Object(result) !== result) throw new TypeError(\`Iterator result \${String(result)} is not an object\`);
  return result;
}
`;

const dispose = (own: string): string => `\
function ${own}u() {
  const held = [];
  let failed = false, error;
  return {
    use(value, waits) {
      if (value == null) { if (waits) held.push([]); return value; }
      let method = waits ? value[Symbol.asyncDispose] : undefined;
      let asks = method != null;
      if (method == null) method = value[Symbol.dispose];
      if (typeof method !== 'function') throw new TypeError(\`Property [Symbol.\${waits ? 'asyncDispose' : 'dispose'}] is not a function\`);
      held.push([value, method, asks]);
      return value;
    },
    more: () => held.length > 0,
    next() { const [value, method, asks] = held.pop(); const answer = method?.call(value); return asks ? answer : undefined; },
    fail(e) { error = failed ? new SuppressedError(e, error, 'An error was suppressed during disposal') : e; failed = true; },
    end() { if (failed) throw error; },
  };
}
`;

/** d: yield* in an asynchronous generator. What is sent and thrown in goes on to the inner iterator. */
const delegate = (own: string, co: string): string => `\
function* ${own}d(iterable) {
  const method = iterable[Symbol.asyncIterator];
  const iterator = method == null ? iterable[Symbol.iterator]() : method.call(iterable);
  const awaited = function* (e) { let v; return (v = ${co}.start(0, e)) === ${co}.pending ? yield : v; };
  let step = 'next', sent;
  for (;;) {
    if (step !== 'next' && iterator[step] == null) {
      if (step === 'return') return sent;
      yield* awaited(iterator.return?.());
      throw new TypeError('The iterator does not provide a throw method');
    }
    const result = yield* awaited(iterator[step](sent));
    if (Object(result) !== result) throw new TypeError(\`Iterator result \${String(result)} is not an object\`);
    const value = method == null ? yield* awaited(result.value) : result.value;
    if (result.done) return value;
    step = 'next';
    try { sent = yield ${co}.yielded(value); } catch (e) { step = 'throw'; sent = e; }
  }
}
`;
