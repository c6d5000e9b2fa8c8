// Text as terminals take it.

import { stripVTControlCharacters } from 'node:util';

/** The text without its control sequences. */
export const withoutControls: (text: string) => string = stripVTControlCharacters;
