// What a kernel in a process of Node answers, and one in a page does not: the debugger, and what it takes of the machine.

import { debug } from './requests/debug-request.ts';
import type { About, Handler } from './requests/kernel.ts';
import { usage } from './requests/usage.ts';

export { createDebugSession } from './debug/debug-session.ts';

/** The requests that only it answers. */
export const NODE_HANDLERS: ReadonlyMap<string, Handler> = new Map([
  ['debug_request', debug],
  ['usage_request', usage],
]);

/** What it says of itself. */
export const ABOUT_NODE: About = {
  place: `Node ${process.version}`,
  links: [{ text: 'Node.js', url: 'https://nodejs.org/api/' }],
};
