// The answers to every exercise. Exports only.

export { checkAtOnce } from './at-once.ts';
export { checkDescribe } from './describe.ts';
export { checkDoubler } from './doubler.ts';
export { checkEvery } from './every.ts';
export { checkFetchAll } from './fetch-all.ts';
export { checkFullName } from './full-name.ts';
export { checkGreet } from './greet.ts';
export { checkLazily } from './lazily.ts';
export { checkLetPass } from './let-pass.ts';
export { checkLoadAll } from './load-all.ts';
export { checkOrElse } from './or-else.ts';
export { checkOrder } from './order.ts';
export { checkStairs } from './stairs.ts';
export { checkTea } from './tea.ts';
export { checkTwice } from './twice.ts';
export { checkWork } from './work.ts';
