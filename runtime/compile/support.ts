// The functions that compiled code may need besides the coroutine engine, as text. They are appended to the code that
// uses them, so that no line moves.

import type { Rewrite } from './rewrite.ts';

/** The text of all functions that a transform needs. */
export function supportText({ needs, names, target }: Pick<Rewrite, 'needs' | 'names' | 'target'>): string {
  const { own, co, cell, stop } = names;
  // JavaScript's own objects, even where a notebook redefines Symbol.
  const js = `${co}.own`;
  let text = '';
  // A file belongs to no cell; its async functions are interrupted only while the interrupt is raised.
  const resumed = target === 'cell' ? `${cell}.resumed();` : `if (${stop}) ${cell}.checkInterrupt();`;
  if (needs.has('resumed')) text += `function ${own}r(v) { ${resumed} return v; }\n`;
  if (needs.has('iterate')) text += iterate(own, js);
  if (needs.has('dispose')) text += dispose(own, js);
  if (needs.has('delegate')) text += delegate(own, co, js);
  return text;
}

/**
 * i: makes an iterator, asynchronous or else (`sync`) one whose values are awaited; `text` is what V8 calls a value that
 * has none. o: checks that a result is an object.
 */
const iterate = (own: string, js: string): string => `\
function ${own}i(iterable, text) {
  const method = iterable[${js}.Symbol.asyncIterator];
  const sync = method == null;
  const make = sync ? iterable[${js}.Symbol.iterator] : method;
  if (make == null) throw new ${js}.TypeError(text + ' is not async iterable');
  const iterator = make.call(iterable);
  if (${js}.Object(iterator) !== iterator) throw new ${js}.TypeError(\`Result of the Symbol.\${sync ? 'iterator' : 'asyncIterator'} method is not an object\`);
  const step = iterator.next;
  return { iterator, sync, next: () => step.call(iterator) };
}
function ${own}o(result) {
  if (${js}.Object(result) !== result) throw new ${js}.TypeError(\`Iterator result \${${js}.String(result)} is not an object\`);
  return result;
}
`;

const dispose = (own: string, js: string): string => `\
function ${own}u() {
  const held = [];
  let failed = false, error;
  return {
    use(value, waits) {
      if (value == null) { if (waits) held.push([]); return value; }
      let method = waits ? value[${js}.Symbol.asyncDispose] : undefined;
      let asks = method != null;
      if (method == null) method = value[${js}.Symbol.dispose];
      if (typeof method !== 'function') throw new ${js}.TypeError(\`Property [Symbol.\${waits ? 'asyncDispose' : 'dispose'}] is not a function\`);
      held.push([value, method, asks]);
      return value;
    },
    more: () => held.length > 0,
    next() { const [value, method, asks] = held.pop(); const answer = method?.call(value); return asks ? answer : undefined; },
    fail(e) { error = failed ? new ${js}.SuppressedError(e, error, 'An error was suppressed during disposal') : e; failed = true; },
    end() { if (failed) throw error; },
  };
}
`;

/** d: yield* in an asynchronous generator. Sent values and thrown errors are passed to the inner iterator. */
const delegate = (own: string, co: string, js: string): string => `\
function* ${own}d(line, iterable) {
  const method = iterable[${js}.Symbol.asyncIterator];
  const iterator = method == null ? iterable[${js}.Symbol.iterator]() : method.call(iterable);
  const awaited = function* (e) { let v; return (v = ${co}.start(line, e)) === ${co}.pending ? yield v : v; };
  let step = 'next', sent, ended = false;
  try {
    for (;;) {
      if (step === 'throw' && iterator.throw == null) throw new ${js}.TypeError('The iterator does not provide a throw method');
      let result;
      try { result = yield* awaited(iterator[step](sent)); } catch (e) { ended = true; throw e; }
      if (${js}.Object(result) !== result) throw new ${js}.TypeError(\`Iterator result \${${js}.String(result)} is not an object\`);
      ended = !!result.done;
      const value = method == null ? yield* awaited(result.value) : result.value;
      if (ended) return value;
      step = 'next';
      try { sent = yield ${co}.yielded(value); } catch (e) { step = 'throw'; sent = e; }
    }
  } finally {
    if (!ended && iterator.return != null) yield* awaited(iterator.return());
  }
}
`;
