// Stack frames: V8's call sites, or the lines of a stack's text, as places in the person's source, without the kernel's
// own frames.

import { currentFolder, fileURLToPath, relative, sep } from '#host/paths';
import { scriptName } from '#host/script';
import { withoutSuffix } from '../../compile/suffix.ts';
import type { Sources } from './sources.ts';

/** One frame of a stack as it is shown. */
export interface StackFrame {
  /** The function, as V8 words it (`async Shop.open`, `new Shop`); undefined for a cell's own top level. */
  readonly name?: string;
  /** The name under which the source is registered. */
  readonly script: string;
  /** As shown: `Cell [3]`, or a path, relative if it lies in the working directory. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

const OURS = import.meta.url.replace(/\/(dist|runtime)\/(?!.*\/\1\/).*$/, '/$1/');
const OUR_PATH = fileURLToPath(OURS);

/** Whether a script's frames are of no use to the person: those of Node, the inspector and this project. */
export function isInternal(script: string): boolean {
  if (script === '' || script.startsWith('node:') || script.startsWith('evalmachine.')) return true;
  return script.startsWith(OURS) || script.startsWith(OUR_PATH) || script === '[worker eval]';
}

/** The frames of V8's call sites, mapped. */
export function framesOfSites(sites: readonly NodeJS.CallSite[], sources: Sources): StackFrame[] {
  return withoutLooseNatives(sites.map((site) => frameOfSite(site, sources)));
}

/** The frames in a stack's text; their places are not mapped. */
export function framesOfText(stack: string): StackFrame[] {
  const frames: (StackFrame | undefined)[] = [];
  for (const line of stack.split('\n')) {
    const at = /^\s+at (?:(.*?) \()?(.*?)\)?$/.exec(line);
    if (!at) continue;
    const [, name, place = ''] = at;
    const where = /^(.*?):(\d+)(?::(\d+))?$/.exec(place);
    const script = scriptName(where?.[1] ?? place);
    frames.push(
      isInternal(script)
        ? undefined
        : { ...named(name, script), script, file: shortFile(script), ...numbers(where?.[2], where?.[3]) },
    );
  }
  return withoutLooseNatives(frames);
}

/** Whether a stack's text is that of an engine that writes `f@Cell [3]:2:9`, as Firefox and Safari do. */
export function isPlaceFirst(stack: string): boolean {
  return !/^\s+at /m.test(stack) && PLACE_FIRST.test(stack);
}

const PLACE_FIRST = /^([^@\n]*)@(.+?):(\d+):(\d+)$/m;

/** The frames in such a text, mapped. */
export function framesOfPlaces(stack: string, sources: Sources): StackFrame[] {
  const frames = stack.split('\n').map((line): StackFrame | undefined => {
    const [, name = '', carried, row, column] = PLACE_FIRST.exec(line) ?? [];
    const script = carried === undefined ? '' : scriptName(carried);
    if (isInternal(script)) return undefined;
    const place = sources.place(script, Number(row), Number(column));
    // `outer/inner<` is a function without a name of its own, within others.
    const own =
      name
        .replace(/^async\*/, '')
        .split('/')
        .at(-1) ?? '';
    return place && { ...named(/^<*$/.test(own) ? undefined : own, script), script, file: shortFile(script), ...place };
  });
  return withoutLooseNatives(frames);
}

/** `f (Cell [3]:2:9)`, as V8 writes it after `at`. */
export function frameText(frame: StackFrame): string {
  return frame.name === undefined ? placeText(frame) : `${frame.name} (${placeText(frame)})`;
}

/** `Cell [3]:2:9`. */
export function placeText({ file, line, column }: StackFrame): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function frameOfSite(site: NodeJS.CallSite, sources: Sources): StackFrame | undefined {
  const script = scriptName(site.getScriptNameOrSourceURL() ?? site.getFileName() ?? '');
  const text = String(site);
  const name = /^(.*?) \(.*\)$/s.exec(text)?.[1];
  if (script === '' && name !== undefined && text.includes('(<anonymous>)')) return native(name);
  if (script === '' && name !== undefined && text.includes('(index ')) return native(text);
  if (isInternal(script)) return undefined;
  const [line, column] = [site.getLineNumber(), site.getColumnNumber()];
  if (line === null || column === null) return { ...named(name, script), script, file: shortFile(script) };
  const place = sources.place(script, line, column);
  return place && { ...named(name, script), script, file: shortFile(script), ...place };
}

const NATIVE = '<anonymous>';

function native(name: string): StackFrame {
  return { name, script: NATIVE, file: NATIVE };
}

// `Array.map (<anonymous>)` is useful only between frames of the person's own code.
function withoutLooseNatives(frames: readonly (StackFrame | undefined)[]): StackFrame[] {
  const kept: StackFrame[] = [];
  frames.forEach((frame, index) => {
    const next = frames[index + 1];
    if (frame && (frame.script !== NATIVE || (kept.length > 0 && next !== undefined))) kept.push(frame);
  });
  while (kept.at(-1)?.script === NATIVE) kept.pop();
  return kept;
}

// A cell's body is a generator without a name, and its callbacks are often arrows: V8 words both in several ways.
function named(given: string | undefined, script: string): { name?: string } {
  if (given === undefined) return {};
  const name = withoutSuffix(given);
  // A CommonJS file's top level is a function too.
  if (/^(async )?(\w+\.)?<anonymous>$/.test(name)) return {};
  if (!script.startsWith('Cell [')) return { name };
  // So a page calls a cell's top level; no function of a cell can have that name.
  if (name === 'eval') return {};
  return { name: name.replace(/^(Generator|Object|globalThis|global)\./, '') };
}

function numbers(line: string | undefined, column: string | undefined): { line?: number; column?: number } {
  return {
    line: line === undefined ? undefined : Number(line),
    column: column === undefined ? undefined : Number(column),
  };
}

/** A script's name as shown: relative to the working directory if it lies there, and without the loader's version. */
export function shortFile(script: string): string {
  let path = script;
  if (script.startsWith('file:')) {
    try {
      path = fileURLToPath(script.replace(/[?#].*$/, ''));
    } catch {
      return script;
    }
  }
  const short = relative(currentFolder(), path);
  return path !== short && /^([a-zA-Z]:)?[\\/]/.test(path) && !short.startsWith('..') ? `.${sep}${short}` : path;
}
