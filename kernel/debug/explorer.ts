// The variable explorer: the notebook's names and values, asked for without stopping anything, before a debugger is attached
// and while one is, at each cell several times.

import type { ListedName } from '../../runtime/debuggee.ts';
import { DEBUGGEE_TEXT, NOTHING, type Program, type RemoteObject } from './debugged-program.ts';
import type { Evaluation } from './evaluation.ts';
import { type ShownValues, textOf, type Variable } from './shown-values.ts';

/** The explorer. */
export interface Explorer {
  /** Every name with its value; what was last seen, where the program is in native code. */
  all(): Promise<readonly Variable[]>;
  readonly values: ShownValues;
  /** What display would show of a value, as a MIME bundle. */
  rich(value: RemoteObject): Promise<{ readonly data: object; readonly metadata: object }>;
  /** Declares a name of the notebook. */
  define(name: string, value: RemoteObject): Promise<void>;
  /** The values are gone. */
  clear(): void;
}

/** Two lists are kept: a client may still unfold the older one. */
const GROUPS = ['cokernel explorer 1', 'cokernel explorer 2'] as const;
const PATIENCE_MS = 1_000;

/** What it needs. */
export interface ExplorerParts {
  readonly program: Program;
  readonly values: ShownValues;
  readonly limited: Evaluation['limited'];
  readonly isAttached: () => boolean;
}

/** Makes the explorer; without a debugger the session is closed again after each question. */
export function createExplorer({ program, values, limited, isAttached }: ExplorerParts): Explorer {
  let asking: Promise<readonly Variable[]> | undefined;
  let last: readonly Variable[] = [];
  let count = 0;
  const read = async (): Promise<readonly Variable[]> => {
    const names = await program.ask<readonly ListedName[]>('names()', PATIENCE_MS);
    count += 1;
    const group = GROUPS[count % GROUPS.length] as string;
    program.release(group);
    const { objectId } = await program.object('values()', group);
    if (objectId === undefined) return [];
    const { result } = await program.properties(objectId);
    const found = new Map(result.flatMap(({ name, value }) => (value ? [[name, value]] : [])));
    const shown = await values.variables(found);
    const byName = new Map(shown.map((variable) => [variable.name, variable]));
    return names.flatMap((listed) => {
      const variable = byName.get(listed.name);
      return variable === undefined ? [] : [marked(variable, listed)];
    });
  };
  const ask = async () => {
    try {
      last = await read();
    } catch {
      // It is in native code, or has just ended.
    }
    if (isAttached()) return last;
    program.inspector.end();
    return last.map((variable) => ({ ...variable, variablesReference: 0 }));
  };
  return {
    values,
    all() {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    async rich(value) {
      await program.callOn(NOTHING, `function (value) { ${DEBUGGEE_TEXT}.keep(value); }`, [value]);
      // A value's own way of being shown may never end.
      const made = await limited(`${DEBUGGEE_TEXT}.shown()`, { returnByValue: true }).then(
        (answer) => answer.value as { readonly data: object; readonly metadata: object } | undefined,
        () => undefined,
      );
      await program.ask('endShowing()');
      if (made === undefined) return { data: { 'text/plain': textOf(value) }, metadata: {} };
      return { data: made.data, metadata: made.metadata };
    },
    define: (name, value) =>
      program.callOn(NOTHING, `function (name, value) { ${DEBUGGEE_TEXT}.define(name, value); }`, [
        { type: 'string', value: name },
        value,
      ]),
    clear() {
      last = [];
      values.clear();
    },
  };
}

function marked(variable: Variable, { kind, coroutine }: ListedName): Variable {
  const type = coroutine ? 'coroutine function' : (variable.type ?? '');
  const isFunction = type.includes('function');
  return {
    ...variable,
    ...(coroutine ? { type, value: type } : { type }),
    presentationHint: {
      kind: isFunction ? 'method' : 'data',
      ...(kind !== 'variable' && { attributes: kind === 'import' ? ['readOnly', 'import'] : ['constant', 'readOnly'] }),
    },
  };
}
