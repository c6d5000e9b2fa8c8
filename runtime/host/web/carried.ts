// A value that code carries with it. No browser tells yet which asynchronous code started which: timers and the loop's
// tasks carry it, for they say so; code behind an await of a promise has the value of whoever ran last.

/** One value. */
export class Carried<T> {
  private value: T | undefined;

  /** The value that the running code carries. */
  get(): T | undefined {
    return this.value;
  }

  /** From here on, code carries `value`. */
  enter(value: T): void {
    this.value = value;
  }

  /** The call as one that carries what the running code carries. */
  bind<Call extends (...given: never[]) => unknown>(call: Call): Call {
    const { value } = this;
    if (value === undefined) return call;
    const carry = this.run.bind(this) as Carried<T>['run'];
    const bound = function (this: unknown, ...given: never[]) {
      return carry(value, () => Reflect.apply(call, this, given));
    };
    return Object.defineProperty(bound, 'name', { value: call.name }) as unknown as Call;
  }

  /** Calls `call`, which carries `value`. */
  run<Result>(value: T, call: () => Result): Result {
    const before = this.value;
    this.value = value;
    try {
      return call();
    } finally {
      this.value = before;
    }
  }
}
