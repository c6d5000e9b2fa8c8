// The service worker of a site of live pages. It adds the headers that isolate a page where the host sends none, keeps what
// was loaded for offline use, and gives out the mail of workers that share no memory with their page. Files under
// live-VERSION/ never change; of everything else the network's is newer. Cells share the site's caches, so that what lies
// there may be anybody's: scripts are given out only if they are what the site was made with, and pages under its policy.

/// <reference lib="webworker" />

import { MAIL_PATH, type Mail } from '../../../runtime/cell/web/mail.ts';
import { KEPT_FILES, KEPT_FOLDER, type Keep, type KeptFiles } from '../../run/page/kept-files.ts';
import { POLICY } from '../../run/page/live.ts';

const scope = self as unknown as ServiceWorkerGlobalScope;
const site = new URL(scope.registration.scope);
/** One origin may have several sites. */
const CACHE = `cokernel live pages ${site.pathname}`;
/** The largest file by far, and few cells need it: it is kept once it was needed. */
const LARGE = /\/esbuild\.wasm$/;
/** Milliseconds that a worker's question for mail waits at most. */
const LONGEST_WAIT_MS = 20_000;
const keptFiles = (globalThis as unknown as Record<typeof KEPT_FILES, KeptFiles>)[KEPT_FILES];

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin) return;
  if (pathname.endsWith(`/${MAIL_PATH}`)) return event.respondWith(mailFor(request.url));
  const path = pathOf(request.url);
  event.respondWith(KEPT_FOLDER.test(path) ? keptFirst(request, path) : networkFirst(request));
});

/** The path of an address within the site, decoded; '' of any other. */
function pathOf(address: string): string {
  const { pathname } = new URL(address);
  if (!pathname.startsWith(site.pathname)) return '';
  try {
    return decodeURIComponent(pathname.slice(site.pathname.length));
  } catch {
    return '';
  }
}

/** The mail of each worker, by the address of its box, and who waits for some. */
const boxes = new Map<string, { mail: Mail[]; arrived?: () => void }>();

scope.addEventListener('message', (event) => {
  const data = event.data as Keep | { readonly to: string; readonly mail: Mail };
  if ('keep' in data) return event.waitUntil(keep(data.keep));
  const box = boxOf(data.to);
  box.mail.push(data.mail);
  box.arrived?.();
});

/** Fetches what a visitor may need without the network: the site's scripts, and some pages. */
async function keep(pages: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const scripts = Object.keys(keptFiles).filter((path) => !LARGE.test(path));
  for (const path of scripts) {
    const url = new URL(path.split('/').map(encodeURIComponent).join('/'), scope.registration.scope).href;
    if (!(await cache.match(url))) await fetched(new Request(url)).catch(() => {});
  }
  for (const page of pages) await fetched(new Request(page)).catch(() => {});
}

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

async function keptFirst(request: Request, path: string): Promise<Response> {
  const digest = Object.hasOwn(keptFiles, path) ? keptFiles[path] : undefined;
  const kept = digest && (await (await caches.open(CACHE)).match(request));
  const bytes = kept && (await kept.arrayBuffer());
  if (!bytes || (await digestOf(bytes)) !== digest) return fetched(request);
  return isolated(new Response(bytes, { headers: { 'content-type': typeOf(path) } }));
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
}

/** Whoever put the file into the cache also chose what it says of its type. */
function typeOf(path: string): string {
  if (path.endsWith('.wasm')) return 'application/wasm';
  return path.endsWith('.css') ? 'text/css' : 'text/javascript';
}

/** What a page runs, or takes its rules from. */
const ACTIVE: readonly RequestDestination[] = ['script', 'style', 'worker', 'sharedworker', 'xslt'];

async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetched(request);
  } catch (error) {
    if (ACTIVE.includes(request.destination)) throw error;
    const cache = await caches.open(CACHE);
    const kept =
      (await cache.match(request, { ignoreSearch: true })) ??
      (await cache.match(sameAs(request.url), { ignoreSearch: true }));
    if (!kept) throw error;
    const response = isolated(kept);
    response.headers.set('content-security-policy', POLICY);
    response.headers.set('x-content-type-options', 'nosniff');
    return response;
  }
}

/** The other address of a folder's page. */
function sameAs(address: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname.replace(/\/index\.html$/, '/');
  return url.href;
}

async function fetched(request: Request): Promise<Response> {
  const path = pathOf(request.url);
  // A plain host says nothing of how long its files may be kept: without a question at the host, a browser would take one
  // that was old when it came for new for days.
  const response = await fetch(KEPT_FOLDER.test(path) ? request : new Request(request, { cache: 'no-cache' }));
  if (!response.ok) return response;
  const copy = response.clone();
  const cache = await caches.open(CACHE);
  await cache.put(request, copy).catch(() => {}); // No room: the page works without.
  await forgetOlder(cache, path);
  return isolated(response);
}

/** The files of an earlier release go when those of a newer one come. */
async function forgetOlder(cache: Cache, path: string): Promise<void> {
  const version = KEPT_FOLDER.exec(path)?.[0];
  if (version === undefined) return;
  for (const { url } of await cache.keys()) {
    const other = pathOf(url);
    if (KEPT_FOLDER.test(other) && !other.startsWith(version)) await cache.delete(url);
  }
}

function isolated(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-embedder-policy', 'credentialless');
  headers.set('cross-origin-resource-policy', 'same-origin');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
