// A random program from a seed: a tree of statements, nested to depth 6. The same seed always gives the same program.
import { type Draw, type Form, forms } from './forms.ts';

/** One statement; its templates are `forms[form]`. */
export interface Statement {
  readonly form: string;
  readonly id: number;
  readonly a?: number | string;
  readonly b?: number | string;
  readonly task?: number;
  readonly functions: readonly Block[];
  readonly blocks: readonly Block[];
}

export type Block = readonly Statement[];

const DEPTH = 6;

/** The body of the program's first coroutine, made of all forms but those `without`. */
export function generate(seed: number, without: readonly string[] = []): Block {
  return new Generator(seed, without).program();
}

/** Where a statement stands: what it may nest, leave and await. */
interface Place {
  readonly depth: number;
  readonly mayReturn: boolean;
  /** Numbers of the tasks whose code this is: none of them may be awaited here. */
  readonly within: readonly number[];
}

class Generator {
  #state: number;
  #ids = 0;
  #tasks = 0;
  #room = 0;
  readonly #names: readonly string[];

  constructor(seed: number, without: readonly string[]) {
    this.#names = Object.keys(forms).filter((name) => !without.includes(name));
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
    for (let i = 0; i < 8; i++) this.#random();
  }

  program(): Block {
    const block: Statement[] = [];
    const room = () => 8 + this.#below(36);
    for (let tasks = this.#below(5); tasks > 0; tasks--) {
      this.#room = room();
      block.push(this.#spawn());
    }
    this.#room = room();
    while (this.#room > 0) block.push(this.#guarded());
    if (this.#below(3) > 0) block.push(this.#end());
    return block;
  }

  /** Lets the tasks run on for a while, for what is left at the end of `run` is cancelled. */
  #end(): Statement {
    return { form: 'waitAll', id: ++this.#ids, a: [1, 5, 30][this.#below(3)], functions: [], blocks: [] };
  }

  /** A task to begin with, so that there is something to run beside. */
  #spawn(): Statement {
    const id = ++this.#ids;
    const task = this.#tasks++;
    const body = this.#block({ depth: 1, mayReturn: true, within: [task] }, 5);
    return { form: 'spawn', id, task, functions: [body], blocks: [] };
  }

  /** A stretch of the program whose errors are caught, else most programs would end before they have begun. */
  #guarded(): Statement {
    const id = ++this.#ids;
    const body = this.#block({ depth: 0, mayReturn: false, within: [] }, 2);
    return { form: 'catch', id, a: 'BaseException', functions: [], blocks: [body, []] };
  }

  #block(place: Place, most: number): Block {
    const block: Statement[] = [];
    for (let wanted = 1 + this.#below(most); wanted > 0; wanted--) {
      const statement = this.#statement(place);
      block.push(statement);
      if (forms[statement.form]?.last) break;
    }
    return block;
  }

  #statement(place: Place): Statement {
    this.#room--;
    const id = ++this.#ids;
    const name = this.#name(place);
    const form = forms[name] as Form;
    const a = this.#number(form.a);
    const b = this.#number(form.b);
    const task = form.task === undefined ? undefined : this.#task(form.task);
    const within = form.task === 'new' && task !== undefined ? [...place.within, task] : place.within;
    const deeper = { ...place, depth: place.depth + 1, mayReturn: place.mayReturn && !form.encloses };
    const called = { depth: place.depth + 1, mayReturn: true, within };
    const functions = Array.from({ length: form.functions ? 1 + this.#below(form.functions) : 0 }, () =>
      this.#block(called, 4),
    );
    const blocks = Array.from({ length: form.blocks ?? 0 }, () => this.#block(deeper, 3));
    return { form: name, id, a, b, task, functions, blocks };
  }

  #name(place: Place): string {
    const allowed = this.#names.filter((name) => this.#allows(forms[name] as Form, name, place));
    let at = this.#below(allowed.reduce((sum, name) => sum + (forms[name] as Form).weight, 0));
    for (const name of allowed) {
      at -= (forms[name] as Form).weight;
      if (at < 0) return name;
    }
    return 'say';
  }

  #allows(form: Form, name: string, place: Place): boolean {
    const nests = form.functions !== undefined || form.blocks !== undefined;
    if (nests && (place.depth >= DEPTH || this.#room <= 0)) return false;
    if (name === 'return' && !place.mayReturn) return false;
    if (form.task === 'any' && this.#tasks === 0) return false;
    if (form.task === 'awaitable' && this.#awaitable(place).length === 0) return false;
    return true;
  }

  /**
   * Tasks that can never be waiting for the code at this place, so that no ring of waiters closes: CPython's
   * Task.cancel recurses around such a ring without end. Numbers are given in the order of the text.
   */
  #awaitable(place: Place): readonly number[] {
    this.#choices = Array.from({ length: this.#tasks }, (_, i) => i).filter((task) => !place.within.includes(task));
    return this.#choices;
  }

  #choices: readonly number[] = [];

  #task(kind: 'new' | 'any' | 'awaitable'): number {
    if (kind === 'new') return this.#tasks++;
    if (kind === 'any') return this.#below(this.#tasks);
    return this.#choices[this.#below(this.#choices.length)] as number;
  }

  #number(draw: Draw | undefined): number | string | undefined {
    return draw?.[this.#below(draw.length)];
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** Mulberry32: small, and the same on every machine. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
