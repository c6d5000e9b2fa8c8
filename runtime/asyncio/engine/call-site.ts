// The line of a plain call such as `task.cancel()`, which no await carries. V8's stack is taken while a trace is on, and
// formatted only when somebody asks; a host that maps stacks to cells maps these too.

import { fileURLToPath, resolve } from '#host/paths';

/** A place in the person's code. */
export interface Site {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** There are few frames of the library between the call and its record: two for each gather in a gather. */
const DEPTH = 16;
const OURS = import.meta.url.replace(/\/(dist|runtime)\/(?!.*\/\1\/).*$/, '/$1/');
const OUR_PATH = fileURLToPath(OURS);

/** The stack as it is now; what it returns finds the innermost place in it that is not the library's, or null. */
export function callSite(): () => Site | null {
  const holder: { stack?: unknown } = {};
  const limit = Error.stackTraceLimit;
  // Reflect.set, because it does not throw where a program froze the property; the depth is then the program's.
  Reflect.set(Error, 'stackTraceLimit', DEPTH);
  Error.captureStackTrace(holder, callSite);
  Reflect.set(Error, 'stackTraceLimit', limit);
  let site: Site | null | undefined;
  return () => {
    if (site === undefined) {
      site = siteOf(holder);
      holder.stack = undefined;
    }
    return site;
  };
}

function siteOf(holder: { readonly stack?: unknown }): Site | null {
  let text: unknown;
  try {
    text = holder.stack;
  } catch {
    // A person's own prepareStackTrace may throw.
    return null;
  }
  if (typeof text !== 'string') return null;
  for (const frame of text.split('\n')) {
    const [, name, script = '', line] = /^\s+at (?:(.*) \()?(.+?):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (line === undefined || isInternal(script)) continue;
    const file = fileOf(script);
    return { name: name === undefined ? file : nameOf(name, file), file, line: Number(line) };
  }
  return null;
}

function isInternal(script: string): boolean {
  return /^(node:|evalmachine\.|<)/.test(script) || script.startsWith(OURS) || script.startsWith(OUR_PATH);
}

/** The file as compiled coroutines name it. */
function fileOf(script: string): string {
  if (script.startsWith('file:')) return fileURLToPath(script.replace(/[?#].*$/, ''));
  return /^\.[\\/]/.test(script) ? resolve(script) : script;
}

/** V8 shows a generator's frame as a method of it, and a cell's own body as an arrow function without a name. */
function nameOf(name: string, file: string): string {
  const own = name.replace(/^async /, '').replace(/^(Generator|Object|globalThis|global|Array)\./, '');
  return own === '<anonymous>' ? file : own;
}
