// How a value is written as text: Node's own code, taken out of Node. And what kind of value it is, by what only such a
// value answers.

import { format, type InspectOptions, inspect } from 'node-inspect-extracted';

export { format, type InspectOptions, inspect };

const { call } = Function.prototype;
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { toString: objectToString } = Object.prototype;
const { isView } = ArrayBuffer;

type Question = (value: unknown) => boolean;

/** Whether a method of a built-in class takes the value for one of its own. */
function answers(method: unknown): Question {
  return (value) => {
    try {
      Reflect.apply(call, method as () => unknown, [value]);
      return true;
    } catch {
      return false;
    }
  };
}

const getterOf = (prototype: object, key: PropertyKey) => getOwnPropertyDescriptor(prototype, key)?.get;
const tagged =
  (tag: string): Question =>
  (value) =>
    Reflect.apply(objectToString, value, []) === `[object ${tag}]`;
const typedArrayName = getterOf(getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag) as () => unknown;
const isTyped = (name: string) => (value: unknown) => Reflect.apply(typedArrayName, value, []) === name;
const boxes: readonly Question[] = [Number, String, Boolean, Symbol, BigInt].map(({ prototype }) => {
  const is = answers(prototype.valueOf);
  return (value: unknown) => typeof value === 'object' && is(value);
});
const isArrayBuffer = answers(getterOf(ArrayBuffer.prototype, 'byteLength'));
// Where a page is not isolated, it has no shared memory.
const isSharedArrayBuffer: Question =
  typeof SharedArrayBuffer === 'undefined' ? () => false : answers(getterOf(SharedArrayBuffer.prototype, 'byteLength'));

/** As node:util's. A proxy cannot be told from its target. */
export const types = {
  isProxy: (_value: unknown): boolean => false,
  isPromise: ((value: unknown) => value instanceof Promise) as (value: unknown) => value is Promise<unknown>,
  isNativeError: ((value: unknown) => Error.isError(value)) as (value: unknown) => value is Error,
  isMap: answers(getterOf(Map.prototype, 'size')) as (value: unknown) => value is Map<unknown, unknown>,
  isSet: answers(getterOf(Set.prototype, 'size')) as (value: unknown) => value is Set<unknown>,
  isWeakMap: answers(function (this: WeakMap<object, unknown>) {
    WeakMap.prototype.has.call(this, Map);
  }) as (value: unknown) => value is WeakMap<object, unknown>,
  isWeakSet: answers(function (this: WeakSet<object>) {
    WeakSet.prototype.has.call(this, Map);
  }) as (value: unknown) => value is WeakSet<object>,
  isDate: answers(Date.prototype.getTime) as (value: unknown) => value is Date,
  isRegExp: tagged('RegExp') as (value: unknown) => value is RegExp,
  isUint8Array: isTyped('Uint8Array') as (value: unknown) => value is Uint8Array,
  isTypedArray: ((value: unknown) => isView(value) && !(value instanceof DataView)) as (
    value: unknown,
  ) => value is NodeJS.TypedArray,
  isDataView: ((value: unknown) => value instanceof DataView) as (value: unknown) => value is DataView,
  isAnyArrayBuffer: ((value: unknown) => isArrayBuffer(value) || isSharedArrayBuffer(value)) as (
    value: unknown,
  ) => value is ArrayBufferLike,
  isModuleNamespaceObject: tagged('Module'),
  isGeneratorObject: tagged('Generator') as (value: unknown) => value is Generator,
  isBoxedPrimitive: ((value: unknown) => boxes.some((is) => is(value))) as (value: unknown) => value is object,
  isMapIterator: tagged('Map Iterator'),
  isSetIterator: tagged('Set Iterator'),
};
