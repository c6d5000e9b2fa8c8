// The person's program as the debugger speaks to it: calls of V8's inspector, and of the debuggee on its main thread.

import type { Debugger, Runtime } from 'node:inspector';
import { withoutSuffix } from '../../runtime/compile/suffix.ts';
import { DEBUGGEE } from '../../runtime/debuggee.ts';
import type { Inspector } from '../process/inspector-calls.ts';
import { Refusal } from './dap.ts';

export type RemoteObject = Runtime.RemoteObject;
export type CallFrame = Debugger.CallFrame;
export type Paused = Debugger.PausedEventDataType;
export type Properties = Runtime.GetPropertiesReturnType;

/** The debuggee in an evaluated text. */
export const DEBUGGEE_TEXT = `globalThis[${JSON.stringify(DEBUGGEE)}]`;

/** Objects that are held while the program stands. */
export const PAUSE = 'cokernel pause';

/** For calls that need no object. */
export const NOTHING: RemoteObject = { type: 'undefined' };

/** What becomes of an evaluation. */
export interface Evaluated {
  readonly result: RemoteObject;
  readonly exceptionDetails?: Runtime.ExceptionDetails;
}

/** The program. */
export interface Program {
  readonly inspector: Inspector;
  /** A part of the debuggee by value, such as `tasks.all()`. */
  ask<T>(part: string, milliseconds?: number): Promise<T>;
  /** A part of the debuggee as an object of that group. */
  object(part: string, group: string): Promise<RemoteObject>;
  /** Calls a function whose `this` is the object. */
  callOn<T>(object: RemoteObject, declaration: string, args?: readonly RemoteObject[]): Promise<T>;
  /** The own properties of an object; no getter is run. */
  properties(objectId: string): Promise<Properties>;
  /** Some items of a long list, as an object of their own, in the group of the pause. */
  part(objectId: string, from: number, to: number): Promise<RemoteObject>;
  release(group: string): void;
}

/** Makes the program behind an inspector. */
export function createProgram(inspector: Inspector): Program {
  const evaluate = (part: string, params: object, milliseconds?: number) =>
    inspector.call<Evaluated>(
      'Runtime.evaluate',
      { expression: `${DEBUGGEE_TEXT}.${part}`, silent: true, ...params },
      milliseconds,
    );
  return {
    inspector,
    ask: async (part, milliseconds) => checked(await evaluate(part, { returnByValue: true }, milliseconds)).value,
    object: async (part, objectGroup) => checked(await evaluate(part, { objectGroup, generatePreview: true })),
    async callOn(object, functionDeclaration, args = []) {
      const target = object.objectId ?? (await evaluate('values()', { objectGroup: PAUSE })).result.objectId;
      const params = { functionDeclaration, objectId: target, arguments: args.map(argumentOf), silent: true };
      const answer = await inspector.call<Evaluated>('Runtime.callFunctionOn', { ...params, returnByValue: true });
      return checked(answer).value;
    },
    properties: (objectId) =>
      inspector.call<Properties>('Runtime.getProperties', { objectId, ownProperties: true, generatePreview: true }),
    async part(objectId, from, to) {
      const params = { functionDeclaration: PART, objectId, arguments: [{ value: from }, { value: to }], silent: true };
      return checked(await inspector.call<Evaluated>('Runtime.callFunctionOn', { ...params, objectGroup: PAUSE }));
    },
    release: (objectGroup) => void inspector.call('Runtime.releaseObjectGroup', { objectGroup }).catch(() => {}),
  };
}

/** A getter among the items is taken along, and not run. */
const PART = `function (from, to) {
  const part = Object.create(null);
  for (let at = from; at < to; at++) {
    const item = Object.getOwnPropertyDescriptor(this, at);
    if (item) Object.defineProperty(part, at, item);
  }
  return part;
}`;

/** A value as an argument of a call. */
export function argumentOf({ objectId, unserializableValue, value }: RemoteObject): Runtime.CallArgument {
  if (objectId !== undefined) return { objectId };
  return unserializableValue !== undefined ? { unserializableValue } : { value };
}

/** The value. @throws Refusal with the first line of what was thrown */
export function checked({ result, exceptionDetails }: Evaluated): RemoteObject {
  if (exceptionDetails === undefined) return result;
  const { exception, text } = exceptionDetails;
  const thrown = exception?.description ?? (exception && 'value' in exception ? String(exception.value) : text);
  throw new Refusal(withoutSuffix(thrown.split('\n')[0] as string));
}
