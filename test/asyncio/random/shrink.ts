// Makes a program that differs smaller, one cut at a time, for as long as the two sides still differ.
import { compare, type Outcome } from './compare.ts';
import type { Style } from './emit.ts';
import type { Block, Statement } from './generate.ts';

/** How many cuts are tried in one go: each go starts a Python and a Node. */
const BATCH = 200;

/** The smallest program found that still differs, with its outputs. */
export async function shrink(outcome: Outcome, style: Style): Promise<Outcome> {
  let smallest = outcome;
  for (let cut = await firstCut(smallest, style); cut !== undefined; cut = await firstCut(smallest, style))
    smallest = cut;
  return smallest;
}

/** The first cut, big ones first, after which the sides still differ, and Python still runs the program. */
async function firstCut(outcome: Outcome, style: Style): Promise<Outcome | undefined> {
  const signature = signatureOf(outcome);
  const cuts = [...cutsOf(outcome.program)].sort((one, other) => sizeOf(one) - sizeOf(other));
  for (let at = 0; at < cuts.length; at += BATCH) {
    const batch = cuts.slice(at, at + BATCH).map((program, i) => [`${outcome.name}, cut ${at + i}`, program] as const);
    const found = (await compare(batch, style)).find(
      (each) => signatureOf(each) === signature && !/^uncaught|NameError/m.test(each.python),
    );
    if (found !== undefined) return { ...found, name: outcome.name };
  }
  return undefined;
}

/** How the two sides differ at first, without numbers: a cut must not slide from one difference into another. */
function signatureOf({ python, typescript }: Outcome): string | undefined {
  if (python === typescript) return undefined;
  const [ours, theirs] = [typescript.split('\n'), python.split('\n')];
  const at = theirs.findIndex((line, i) => line !== ours[i]);
  return `${theirs[at]} / ${ours[at]}`.replace(/[\d.]+/g, '#');
}

function sizeOf(block: Block): number {
  let size = 0;
  for (const { functions, blocks } of block) {
    size += 1;
    for (const inner of [...functions, ...blocks]) size += sizeOf(inner);
  }
  return size;
}

/** Every program that is this block with one thing less. */
function* cutsOf(block: Block): Generator<Block> {
  for (const [at, statement] of block.entries()) {
    const replaced = (by: Block): Block => [...block.slice(0, at), ...by, ...block.slice(at + 1)];
    yield replaced([]);
    for (const inner of [...statement.blocks, ...statement.functions]) {
      if (!inner.some(({ form }) => form === 'return')) yield replaced(inner);
    }
    for (const smaller of cutsWithin(statement)) yield replaced([smaller]);
  }
}

function* cutsWithin(statement: Statement): Generator<Statement> {
  for (const part of ['functions', 'blocks'] as const) {
    for (const [at, inner] of statement[part].entries()) {
      const put = (by: Block) => ({ ...statement, [part]: statement[part].map((each, i) => (i === at ? by : each)) });
      for (const smaller of cutsOf(inner)) yield put(smaller);
      if (part === 'functions' && statement.functions.length > 1) {
        yield { ...statement, functions: statement.functions.filter((_, i) => i !== at) };
      }
    }
  }
}
