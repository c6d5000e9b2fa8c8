// The words behind `npm run X --`.

import { parseArgs } from 'node:util';
import { Sentence } from './say.mjs';

/** Reads them; what is not expected, `--help` included, ends in a sentence with the usage, before anything is done. */
export function readWords(usage, config) {
  const help = `Usage: ${usage}`;
  try {
    return parseArgs(config);
  } catch (error) {
    if (process.argv.includes('--help') || process.argv.includes('-h')) throw new Sentence(help);
    throw new Sentence(`${error.message}\n${help}`);
  }
}
