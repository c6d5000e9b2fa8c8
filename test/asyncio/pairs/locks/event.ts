// An event lets all pass at once, and closes again when cleared.
import { coroutine, createTask, Event, gather, run, sleep } from 'cokernel';
import { now, print } from '../show.ts';

const waiter = coroutine(async (name: string, event: Event) => {
  print(name, await event.wait(), now());
});

const main = coroutine(async () => {
  const event = new Event();
  const tasks = [...'ab'].map((name) => createTask(waiter(name, event)));
  await sleep(1);
  print(event.isSet());
  event.set();
  event.clear();
  await gather(...tasks);
  const late = createTask(waiter('late', event));
  await sleep(1);
  print(late.done());
  event.set();
  await late;
  print(await event.wait());
});

await run(main());
