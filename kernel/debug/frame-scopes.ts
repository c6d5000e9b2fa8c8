// The scopes of a frame: of a call that runs, and of a suspended coroutine, whose locals no other debugger shows.

import type { Debugger } from 'node:inspector';
import type { StackFrame } from './call-stack.ts';
import {
  checked,
  DEBUGGEE_TEXT,
  type Evaluated,
  NOTHING,
  type Program,
  type RemoteObject,
} from './debugged-program.ts';
import type { ShownValues, Variable } from './shown-values.ts';

/** Scopes as the debugger shows them. */
export interface Scopes {
  /** `Local`, and `Closure` if there is anything in it, as references. */
  of(frame: StackFrame): Promise<readonly { readonly name: string; readonly variablesReference: number }[]>;
  /** A reference to the locals alone. */
  local(frame: StackFrame): number;
  /** Every name of a frame with its value; an inner one hides an outer one. */
  valuesOf(frame: StackFrame): Promise<Map<string, RemoteObject>>;
}

/** A scope as V8 gives it. */
interface FrameScope {
  readonly kind: 'local' | 'closure';
  readonly object: RemoteObject;
}

/** What the compiler adds to a cell's code. */
const OWN_NAME = /^(?:__(?:v|co|cell|ck)\w*|__cokernel_stop)$/;
const OUTER = new Set(['global', 'script']);
const LOCAL = new Set(['local', 'block', 'catch', 'with', 'eval', 'class']);

/** Makes the reader of scopes. */
export function createScopes(program: Program, shown: ShownValues): Scopes {
  const variablesOf = async (scopes: readonly FrameScope[]): Promise<Map<string, RemoteObject>> => {
    const found = new Map<string, RemoteObject>();
    for (const { object } of scopes) {
      if (object.objectId === undefined) continue;
      const { result } = await program.properties(object.objectId);
      for (const { name, value } of result) {
        if (value && !OWN_NAME.test(name) && !found.has(name)) found.set(name, value);
      }
    }
    return found;
  };
  const holder = (frame: StackFrame, scopes: readonly FrameScope[], withThis: boolean) => ({
    async read(): Promise<Variable[]> {
      const values = await variablesOf(scopes);
      const self = withThis ? frame.call?.this : undefined;
      if (self && self.type !== 'undefined') values.set('this', self);
      return shown.variables(values);
    },
    ...(frame.call && {
      async set(name: string, value: RemoteObject) {
        const { callFrameId } = frame.call as Debugger.CallFrame;
        await program.callOn(NOTHING, `function (value) { ${DEBUGGEE_TEXT}.keep(value); }`, [value]);
        const expression = `${name} = ${DEBUGGEE_TEXT}.kept()`;
        checked(await program.inspector.call<Evaluated>('Debugger.evaluateOnCallFrame', { callFrameId, expression }));
      },
    }),
  });
  const localOf = (frame: StackFrame) =>
    shown.reference(
      holder(
        frame,
        scopesOf(frame).filter(({ kind }) => kind === 'local'),
        true,
      ),
    );
  return {
    local: (frame) => localOf(frame),
    async of(frame) {
      const scopes = scopesOf(frame);
      const closure = scopes.filter(({ kind }) => kind === 'closure');
      const list = [{ name: 'Local', variablesReference: localOf(frame) }];
      if ((await variablesOf(closure)).size > 0) {
        list.push({ name: 'Closure', variablesReference: shown.reference(holder(frame, closure, false)) });
      }
      return list;
    },
    valuesOf: (frame) => variablesOf(scopesOf(frame)),
  };
}

function scopesOf({ call, scopes = [] }: StackFrame): FrameScope[] {
  if (call) {
    return call.scopeChain.flatMap(({ type, object }): FrameScope[] =>
      OUTER.has(type) ? [] : [{ kind: LOCAL.has(type) ? 'local' : 'closure', object }],
    );
  }
  // V8 describes them as `Local (inner)`, `Block`, `Closure (outer)`, `Global`.
  return scopes.flatMap((object): FrameScope[] => {
    const description = object.description ?? '';
    if (/^(?:Global|Script)/.test(description)) return [];
    return [{ kind: /^(?:Closure|Module)/.test(description) ? 'closure' : 'local', object }];
  });
}
