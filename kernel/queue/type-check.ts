// A cell's type errors: a warning under the cell after it ran, or, in strict mode, the reason why it does not run.
// What counts as a type error is decided in kernel/language.

import type { ErrorReport } from '../../runtime/events.ts';
import type { Diagnostic } from '../language/language.ts';
import { patienceFor } from '../language/patience.ts';
import type { Execution, Kernel } from '../requests/kernel.ts';

/** The check of one cell, beside its run. */
export interface Check {
  /** The cell process has the cell: what TypeScript is asked from here on does not keep the cell waiting. */
  begun(): void;
  /** In strict mode, why the cell must not run; asked before it runs. */
  refusal(): Promise<ErrorReport | undefined>;
  /** The cell does not run: nothing more is said about it. */
  drop(): void;
  /** The cell ran, or failed with `error`. Must be called before the language service hears that the cell ran. */
  ran(error: ErrorReport | undefined): void;
  /**
   * Publishes what was found. Called after the reply, which nothing here delays. Resolves when idle may be said, where
   * that ends the cell's output; undefined where there is nothing to wait for.
   */
  warn(): Promise<void> | undefined;
}

/**
 * Milliseconds that idle waits for TypeScript while it starts, where nobody looks any more after it: a first cell's
 * warnings are stored by nbclient too. It takes 200 to 500 once in a run; the reply has gone before.
 */
const PATIENCE_AT_START = 1500;
/** And once it has started: a few milliseconds do, but on a busy machine no warning should be lost for that. */
const PATIENCE = 2000;

/** What TypeScript calls a name that it does not know, and a module. */
const UNKNOWN_NAMES = new Set([2304, 2552]);
const UNKNOWN_MODULE = 2307;
/** What follows from a module that is not there: parameters and elements whose types it would have told. */
const OF_UNKNOWN_MODULE = new Set([2875, 7006, 7019, 7026, 7031]);
/** How the error of an import begins that found nothing; see runtime/cell/loader/explain.ts. */
const NOT_FOUND = /^Cannot find the (?:package|file) /;

/**
 * Where a person sits before the front end (`interactive`: it takes input), what is printed after idle is shown as
 * well: there the check waits until the cells are through, and idle does not wait for it. nbconvert and its like
 * leave at idle: there the check begins with the cell, except with the first, which loading TypeScript would slow down.
 */
export function checkCell(
  { language, publish }: Kernel,
  { parent }: Execution,
  { count, code, interactive }: { readonly count: number; readonly code: string; readonly interactive: boolean },
): Check {
  const { mode } = language;
  language.cellBegins();
  if (interactive && mode !== 'strict') language.hold();
  else language.release();
  let found: Promise<readonly Diagnostic[]> | undefined;
  let failure: ErrorReport | undefined;
  const look = (): void => {
    if (mode !== 'off') found ??= language.diagnose(count, code);
  };
  return {
    begun() {
      if (language.loaded) look();
    },
    async refusal() {
      if (mode !== 'strict') return undefined;
      look();
      const errors = (await found)?.filter(({ severity }) => severity === 'error') ?? [];
      return errors.length > 0 ? report(errors) : undefined;
    },
    drop() {
      found = undefined;
    },
    ran(error) {
      failure = error;
      look();
    },
    warn() {
      const told = found?.then((diagnostics) => {
        const news = diagnostics.filter((diagnostic) => !(failure && isTold(failure, diagnostic)));
        if (news.length > 0) publish(parent, 'stream', { name: 'stderr', text: textOf(news) });
      });
      if (interactive) return undefined;
      return told && atMost(patienceFor(language.prompt ? PATIENCE : PATIENCE_AT_START), told);
    },
  };
}

/** Whether the cell failed for the very reason that TypeScript found: a missing name or module is told once, its consequences never. */
function isTold({ ename, evalue }: ErrorReport, { code, message }: Diagnostic): boolean {
  if (code === UNKNOWN_MODULE) return evalue.includes(/'[^']+'/.exec(message)?.[0] ?? message);
  if (OF_UNKNOWN_MODULE.has(code)) return NOT_FOUND.test(evalue);
  return ename === 'ReferenceError' && UNKNOWN_NAMES.has(code);
}

async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}

function textOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ text }) => `${text}\n`).join('\n');
}

function report(errors: readonly Diagnostic[]): ErrorReport {
  const [first] = errors as [Diagnostic];
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return {
    ename: 'TypeScriptError',
    evalue: `TS${first.code}: ${first.message}${more}`,
    traceback: textOf(errors).trimEnd().split('\n'),
  };
}
