// How a value is written as text: Node's own way.

import { inspect } from 'node:util';

export { inspect };
