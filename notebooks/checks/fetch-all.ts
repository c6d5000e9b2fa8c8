// Lesson "A crawler": no more than two at a time.

import { type Coroutine, coroutine, TimeoutError, timeout } from 'cokernel';
import { call, mustBeResults, same, shown } from './answer.ts';
import { busiest, job, type Log } from './jobs.ts';
import { check, Wrong } from './verdict.ts';

/** `fetchAll(urls, get)` gets all the pages, at most two at a time, and returns them in order. */
export const checkFetchAll = check(
  'Two at a time: quick for you, and kind to the server.',
  coroutine(function* (fetchAll: unknown) {
    const log: Log = [];
    const get = (url: string) => job(log, url, url === '/1' ? 0.12 : 0.04, `page ${url}`, 'get')();
    const urls = ['/1', '/2', '/3', '/4', '/5'];
    const result = yield* inTime(call('fetchAll', fetchAll, urls, get));
    mustBeResults(result);
    const pages = urls.map((url) => `page ${url}`);
    if (!same(result, pages)) {
      throw new Wrong(`it should return ${shown(pages)}, in the order of the addresses. It returned ${shown(result)}.`);
    }
    if (busiest(log) > 2)
      throw new Wrong(`up to ${busiest(log)} requests were open at once. A Semaphore(2) lets two in.`);
    if (busiest(log) < 2) throw new Wrong('the pages came one after another. Make all objects, then gather them.');
  }),
);

const inTime = coroutine(function* (fetching: Coroutine<unknown>) {
  let expired = () => false;
  try {
    return yield* timeout(2, function* (limit) {
      expired = () => limit.expired();
      return yield* fetching;
    });
  } catch (error) {
    if (!(error instanceof TimeoutError && expired())) throw error;
    throw new Wrong(
      'it does not go on: nobody gives a place back. Write using place = await door.acquire(), or release it.',
    );
  }
});
