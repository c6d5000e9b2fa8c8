// The checks of the exercises: import { checkGreet } from './checks.ts'. Exports only; each check has a file of its
// own. A check prints "Right." or "Not yet: …" with the reason, and checkGreet.outcome(…)
// returns { right, says } too. It throws only for a grader: with COKERNEL_GRADE=1, a wrong answer fails its cell.

export { checkAddUp } from './checks/add-up.ts';
export { checkAtOnce } from './checks/at-once.ts';
export { checkDescribe } from './checks/describe.ts';
export { checkDoubler } from './checks/doubler.ts';
export { checkEvery } from './checks/every.ts';
export { checkFetchAll } from './checks/fetch-all.ts';
export { checkFullName } from './checks/full-name.ts';
export { checkGreet } from './checks/greet.ts';
export { checkLazily } from './checks/lazily.ts';
export { checkLetPass } from './checks/let-pass.ts';
export { checkLoad } from './checks/load.ts';
export { checkLoadAll } from './checks/load-all.ts';
export { checkOrElse } from './checks/or-else.ts';
export { checkOrder } from './checks/order.ts';
export { checkPlace } from './checks/place.ts';
export { checkRelay } from './checks/relay.ts';
export { checkStairs } from './checks/stairs.ts';
export { checkTea } from './checks/tea.ts';
export { checkTransfer } from './checks/transfer.ts';
export { checkTwice } from './checks/twice.ts';
export { checkUnfinished } from './checks/unfinished.ts';
export { checkVisit } from './checks/visit.ts';
export { checkWork } from './checks/work.ts';
