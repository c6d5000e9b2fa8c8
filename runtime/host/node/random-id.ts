// Names that nothing else has.

import { randomUUID } from 'node:crypto';

/** A UUID of version 4. */
export const randomId: () => string = randomUUID;
