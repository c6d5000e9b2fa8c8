// Messages of a page to a worker that cannot hear: it spins or blocks, and shares no memory with the page. The page leaves
// them with its service worker, and the worker fetches them there, synchronously.

import type { Answer, Interrupt } from '../../events.ts';
import type { Force } from './messages.ts';

/** What a page leaves for a worker; it also sends each as a message. */
export type Mail = Interrupt | Force | Answer;

/** The path, from the root of the site, at which the service worker gives out mail: `?to=BOX`, with `&wait` when there is some. */
export const MAIL_PATH = 'cokernel-mail';

/** Where a worker gets its mail. */
export interface Mailbox {
  /** What has come since the last time. `wait`: returns when there is some. */
  fetch(wait: boolean): readonly Mail[];
}

interface Request {
  readonly status: number;
  readonly responseText: string;
  open(method: string, address: string, asynchronous: false): void;
  send(): void;
}

/** The box at that address. */
export function openMailbox(address: string): Mailbox {
  // Kept: a cell may declare a name like it.
  const Asked = (globalThis as unknown as { readonly XMLHttpRequest: { new (): Request } }).XMLHttpRequest;
  return {
    fetch(wait) {
      const request = new Asked();
      try {
        request.open('GET', wait ? `${address}&wait` : address, false);
        request.send();
        return request.status === 200 ? (JSON.parse(request.responseText) as Mail[]) : [];
      } catch {
        return []; // The service worker is gone, and with it the network.
      }
    },
  };
}
