// Reads a file that says what may differ in a whole course: regular expressions and replacements for their matches, in
// the format of nbval's --nbval-sanitize-with, so that courses can keep such a file.

import { readFileSync } from 'node:fs';
import { reason } from '../save.ts';
import type { Mask } from './rules.ts';

interface Section {
  readonly name: string;
  regex?: string;
  replace?: string;
}

/** Reads the file. @throws a sentence that begins with its name. */
export function readSanitizer(path: string): readonly Mask[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(
      `--sanitize names ${path}, which ${missing ? 'does not exist' : `cannot be read: ${reason(error)}`}.`,
    );
  }
  return sectionsOf(text, path).map((section) => maskOf(section, path));
}

function sectionsOf(text: string, path: string): readonly Section[] {
  const sections: Section[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const name = /^\[(.*)\]\s*$/.exec(line)?.[1];
    const [, key, value = ''] = /^(regex|replace)\s*[:=]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) sections.push({ name });
    else if (key !== undefined && sections.length > 0) Object.assign(sections.at(-1) as Section, { [key]: value });
    else throw new Error(`${path}:${index + 1} contains '${line}'; [name], regex: … or replace: … was expected.`);
  }
  return sections;
}

function maskOf({ name, regex, replace = '' }: Section, path: string): Mask {
  if (!regex) throw new Error(`${path} lacks a line regex: … under [${name}].`);
  try {
    return { found: new RegExp(regex.replace(/\(\?P</g, '(?<'), 'g'), shown: replacement(replace) };
  } catch (error) {
    throw new Error(`${path}, [${name}]: ${(error as Error).message}.`);
  }
}

/** Python's `\1` and `\g<name>` are `$1` and `$<name>`. */
function replacement(text: string): string {
  return text
    .replaceAll('$', '$$$$')
    .replace(/\\g<(\w+)>/g, (_, group: string) => (/^\d+$/.test(group) ? `$${group}` : `$<${group}>`))
    .replace(/\\(\d+)/g, '$$$1');
}
