// for … of, spreads and destructuring without the iterators that a cell may have replaced.

import { isBuiltIn, type Method, methodOf } from './lookup.ts';
import { inherits } from './object-literal.ts';

type Members = Readonly<Record<PropertyKey, unknown>>;

const { apply } = Reflect;
const { create, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const iterator: typeof Symbol.iterator = Symbol.iterator;
const members = (value: object): Members => value as Members;
const prototypeOf = (value: object): Members => getPrototypeOf(value) as Members;

const ArrayPrototype = members(Array.prototype);
const MapPrototype = members(Map.prototype);
const SetPrototype = members(Set.prototype);
const StringPrototype = members(String.prototype);
const ArrayIterator = prototypeOf([].values());
const MapIterator = prototypeOf(new Map().values());
const SetIterator = prototypeOf(new Set().values());
const Generator = prototypeOf(prototypeOf((function* () {})()));
const IteratorPrototype = prototypeOf(ArrayIterator);

const arrayValues = ArrayPrototype[iterator];
const mapEntries = MapPrototype[iterator];
const setValues = SetPrototype[iterator];
const characters = StringPrototype[iterator];
const itself = IteratorPrototype[iterator];
const arrayNext = ArrayIterator.next;
const mapNext = MapIterator.next;
const setNext = SetIterator.next;
const generatorNext = Generator.next;

/** Some twelve reads of constant objects, 10 ns in all. */
function isIntact(): boolean {
  return (
    ArrayPrototype[iterator] === arrayValues &&
    ArrayIterator.next === arrayNext &&
    MapPrototype[iterator] === mapEntries &&
    MapIterator.next === mapNext &&
    SetPrototype[iterator] === setValues &&
    SetIterator.next === setNext &&
    Generator.next === generatorNext &&
    IteratorPrototype[iterator] === itself &&
    StringPrototype[iterator] === characters &&
    !inherits('return')
  );
}

/** What is iterated over: the values themselves, or where iterators were replaced, the same values by the old ones. */
export function each<Value>(values: Iterable<Value>): Iterable<Value> {
  return values === null || values === undefined || isIntact() ? values : safely(values);
}

function safely<Value>(values: Iterable<Value>): Iterable<Value> {
  const source = apply(methodOf(values, iterator) as Method, values, []) as object;
  const next = methodOf(source, 'next') as Method;
  // Built-in iterators need not hear that nobody wants more of them; generators must.
  const close = isBuiltIn(getPrototypeOf(source)) ? undefined : methodOf(source, 'return');
  const steps: Record<PropertyKey, unknown> = create(null);
  steps.next = (value: unknown) => apply(next, source, [value] as never[]);
  const fail = methodOf(source, 'throw');
  if (fail !== undefined) steps.throw = (error: unknown) => apply(fail, source, [error] as never[]);
  if (close !== undefined) steps.return = (value: unknown) => apply(close, source, [value] as never[]);
  const iterable: Record<PropertyKey, unknown> = create(null);
  iterable[iterator] = () => steps;
  return iterable as unknown as Iterable<Value>;
}

/** `new Map(values)`, `new Set(values)` and their weak kind, which look up `set` and `add`. */
export function collect(Collection: Collection, name: 'add' | 'set', values: unknown): object {
  const add = methodOf(Collection.prototype, name) as Method;
  if (isIntact() && (Collection.prototype as Members)[name] === add) return new Collection(values);
  const made = new Collection();
  if (values === null || values === undefined) return made;
  for (const value of each(values as Iterable<unknown>)) {
    const entry = value as { readonly 0: unknown; readonly 1: unknown };
    apply(add, made, (name === 'add' ? [value] : [entry[0], entry[1]]) as never[]);
  }
  return made;
}

const sizeOfMap = getOwnPropertyDescriptor(Map.prototype, 'size')?.get as Method;
const sizeOfSet = getOwnPropertyDescriptor(Set.prototype, 'size')?.get as Method;

/** `collection.size`. */
export function sizeOf(collection: { readonly size: unknown }): unknown {
  const prototype = getPrototypeOf(Object(collection)) as Members | null;
  if (prototype === MapPrototype) return apply(sizeOfMap, collection, []);
  return prototype === SetPrototype ? apply(sizeOfSet, collection, []) : collection.size;
}

type Collection = { new (values?: unknown): object; readonly prototype: object };
