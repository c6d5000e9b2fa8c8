// What V8 keeps of a value besides its properties.

import inspector from 'node:inspector';
import { keepMethods } from './kept-methods.ts';

const STASH = Symbol.for('cokernel.stash');
const stash = inspector as unknown as Record<symbol, unknown>;
const STASHED = "process.getBuiltinModule('node:inspector')[Symbol.for('cokernel.stash')]";
let session: inspector.Session | undefined;

/**
 * What V8 keeps of a value besides its properties: a proxy's `[[Target]]`, a promise's `[[PromiseState]]` and
 * `[[PromiseResult]]`. Read through the inspector because that runs no code of the value; it takes 0.1 ms.
 */
export function internalOf(value: object, name: string): unknown {
  if (!session) {
    session = keepMethods(new inspector.Session());
    session.connect();
  }
  try {
    stash[STASH] = value;
    const held = post('Runtime.evaluate', { expression: STASHED, silent: true, objectGroup: 'render' }).result
      ?.objectId;
    const { internalProperties } = post('Runtime.getProperties', { objectId: held, ownProperties: true });
    const found = internalProperties?.find((each) => each.name === name)?.value;
    if (!found) return undefined;
    const { objectId, unserializableValue, value: plain } = found;
    const given = objectId ? { objectId } : unserializableValue ? { unserializableValue } : { value: plain };
    const functionDeclaration = `function (found) { ${STASHED} = found }`;
    post('Runtime.callFunctionOn', { objectId: held, functionDeclaration, arguments: [given] });
    return stash[STASH];
  } finally {
    delete stash[STASH];
    post('Runtime.releaseObjectGroup', { objectGroup: 'render' });
  }
}

interface Answer {
  readonly result?: { readonly objectId?: string };
  readonly internalProperties?: readonly {
    readonly name: string;
    readonly value?: {
      readonly value?: unknown;
      readonly unserializableValue?: string;
      readonly objectId?: string;
    };
  }[];
}

function post(method: string, parameters: object): Answer {
  let answer: Answer = {};
  session?.post(method, parameters, (_error, result) => {
    answer = (result ?? {}) as Answer;
  });
  return answer;
}
