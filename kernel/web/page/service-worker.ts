// The service worker of a site of live pages. It adds the headers that isolate a page where the host sends none, and keeps
// what was loaded for offline use. Files under live-VERSION/ never change; of everything else the network's is newer.

/// <reference lib="webworker" />

const scope = self as unknown as ServiceWorkerGlobalScope;
const CACHE = 'cokernel live pages';
const FOREVER = /\/live-[0-9a-f]+\//;

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin) return;
  event.respondWith(FOREVER.test(pathname) ? keptFirst(request) : networkFirst(request));
});

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
