// Scripts: texts of JavaScript that run in the global scope.

import { Script } from 'node:vm';

/** As it was before the first cell. */
const { runInThisContext } = Script.prototype;

/** Runs a text, whose name in stack frames is `name`. @throws what V8's parser does, and what the text does */
export function runScript(text: string, name: string): unknown {
  return Reflect.apply(runInThisContext, new Script(text, { filename: name }), []);
}

/** The name that a script was given, from the one that its stack frames carry. */
export function scriptName(carried: string): string {
  return carried;
}
