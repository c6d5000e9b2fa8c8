// A crawler: fetches every page of a site that can be reached from its first one, several at once, each of them once.
// Build it as build.mjs beside it does, then: node crawler.js http://127.0.0.1:8000/

import { coroutine, currentTask, Queue, run, Semaphore, TimeoutError, taskGroup, timeout } from 'cokernel';

/** What became of one page. */
interface Page {
  readonly url: string;
  readonly outcome: number | 'timed out' | 'failed';
  readonly links: readonly string[];
}

interface Limits {
  /** Tasks that take pages from the queue. */
  readonly workers: number;
  /** Requests under way to the server at the same time: it may be a small one. */
  readonly requests: number;
  /** Seconds that one page may take. */
  readonly seconds: number;
}

/** Fetches one page. `fetch` is native code: the task's signal aborts it where the task is cancelled meanwhile. */
const fetchPage = coroutine(async (url: string): Promise<Page> => {
  const signal = currentTask()?.signal();
  const response = await fetch(url, { signal });
  const html = await response.text();
  const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
  return { url, outcome: response.status, links: isPage ? linksOf(html, url) : [] };
});

/** Whatever goes wrong with a page is an outcome of that page; the other pages are fetched all the same. */
const visit = coroutine(async (url: string, room: Semaphore, seconds: number): Promise<Page> => {
  using _place = await room.acquire();
  try {
    return await timeout(seconds, async () => await fetchPage(url));
  } catch (error) {
    if (error instanceof TimeoutError) return { url, outcome: 'timed out', links: [] };
    // Not every error: catch also catches CancelledError, which must go on its way.
    if (error instanceof TypeError) return { url, outcome: 'failed', links: [] };
    throw error;
  }
});

const crawl = coroutine(async (start: string, limits: Limits): Promise<Page[]> => {
  const pages: Page[] = [];
  const found = new Set<string>();
  const queue = new Queue<string>();
  const room = new Semaphore(limits.requests);

  const add = (url: string): void => {
    if (found.has(url) || new URL(url).origin !== new URL(start).origin) return;
    found.add(url);
    queue.putNowait(url);
  };

  const worker = coroutine(async () => {
    // Ends when the queue is shut down.
    for await (const url of queue) {
      const page = await visit(url, room, limits.seconds);
      pages.push(page);
      page.links.forEach(add);
      queue.taskDone();
    }
  });

  add(new URL(start).href);
  await taskGroup(async (group) => {
    for (let i = 1; i <= limits.workers; i++) group.createTask(worker(), { name: `worker ${i}` });
    await queue.join();
    queue.shutdown();
  });
  return pages;
});

function linksOf(html: string, base: string): string[] {
  const targets = [...html.matchAll(/<a\s[^>]*href="([^"]*)"/gi)].map(([, target]) => target ?? '');
  return targets.filter((target) => URL.canParse(target, base)).map((target) => withoutHash(new URL(target, base)));
}

function withoutHash(url: URL): string {
  url.hash = '';
  return url.href;
}

const start = process.argv[2];
if (start === undefined || !URL.canParse(start)) {
  console.error('Give the address of the first page: node crawler.js http://127.0.0.1:8000/');
  process.exit(2);
}
const pages = await run(crawl(start, { workers: 4, requests: 2, seconds: 3 }));
for (const { url, outcome } of pages.sort((a, b) => a.url.localeCompare(b.url))) console.log(outcome, url);
