// The answers to every exercise. Exports only.

export { checkAddUp } from './add-up.ts';
export { checkAtOnce } from './at-once.ts';
export { checkDescribe } from './describe.ts';
export { checkDoubler } from './doubler.ts';
export { checkEvery } from './every.ts';
export { checkFetchAll } from './fetch-all.ts';
export { checkFullName } from './full-name.ts';
export { checkGreet } from './greet.ts';
export { checkLazily } from './lazily.ts';
export { checkLetPass } from './let-pass.ts';
export { checkLoad } from './load.ts';
export { checkLoadAll } from './load-all.ts';
export { checkOrElse } from './or-else.ts';
export { checkOrder } from './order.ts';
export { checkPlace } from './place.ts';
export { checkRelay } from './relay.ts';
export { checkStairs } from './stairs.ts';
export { checkTea } from './tea.ts';
export { checkTransfer } from './transfer.ts';
export { checkTwice } from './twice.ts';
export { checkUnfinished } from './unfinished.ts';
export { checkVisit } from './visit.ts';
export { checkWork } from './work.ts';
