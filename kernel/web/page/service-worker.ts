// The service worker of a site of live pages. It adds the headers that isolate a page where the host sends none, keeps what
// was loaded for offline use, and gives out the mail of workers that share no memory with their page. Files under live-VERSION/ never change; of everything else the network's is newer.

/// <reference lib="webworker" />

import { MAIL_PATH, type Mail } from '../../../runtime/cell/web/mail.ts';

const scope = self as unknown as ServiceWorkerGlobalScope;
const CACHE = 'cokernel live pages';
/** Milliseconds that a worker's question for mail waits at most. */
const LONGEST_WAIT_MS = 20_000;
const FOREVER = /\/live-[0-9a-f]+\//;

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin) return;
  if (pathname.endsWith(`/${MAIL_PATH}`)) return event.respondWith(mailFor(request.url));
  event.respondWith(FOREVER.test(pathname) ? keptFirst(request) : networkFirst(request));
});

/** The mail of each worker, by the address of its box, and who waits for some. */
const boxes = new Map<string, { mail: Mail[]; arrived?: () => void }>();

scope.addEventListener('message', ({ data }: { readonly data: { readonly to: string; readonly mail: Mail } }) => {
  const box = boxOf(data.to);
  box.mail.push(data.mail);
  box.arrived?.();
});

function boxOf(address: string) {
  const box = boxes.get(address) ?? { mail: [] };
  boxes.set(address, box);
  return box;
}

async function mailFor(url: string): Promise<Response> {
  const address = url.replace(/&wait$/, '');
  const box = boxOf(address);
  if (url !== address && box.mail.length === 0) {
    // A browser ends a service worker that has answered nothing for some minutes: the worker asks again.
    const late = setTimeout(() => box.arrived?.(), LONGEST_WAIT_MS);
    await new Promise<void>((resolve) => {
      box.arrived = resolve;
    });
    clearTimeout(late);
    delete box.arrived;
  }
  const mail = JSON.stringify(box.mail);
  boxes.delete(address);
  return isolated(new Response(mail, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } }));
}

async function keptFirst(request: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(request);
  return kept ? isolated(kept) : fetched(request);
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetched(request);
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
    if (kept) return isolated(kept);
    throw error;
  }
}

async function fetched(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (!response.ok) return response;
  const copy = response.clone();
  const cache = await caches.open(CACHE);
  await cache.put(request, copy).catch(() => {}); // No room: the page works without.
  await forgetOlder(cache, request.url);
  return isolated(response);
}

/** The files of an earlier release go when those of a newer one come. */
async function forgetOlder(cache: Cache, url: string): Promise<void> {
  const version = FOREVER.exec(url)?.[0];
  if (version === undefined) return;
  for (const { url: other } of await cache.keys()) {
    if (FOREVER.test(other) && !other.includes(version)) await cache.delete(other);
  }
}

function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-embedder-policy', 'credentialless');
  headers.set('cross-origin-resource-policy', 'same-origin');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
