// Annotations for GitHub Actions: a failed cell is shown at its line in the diff of a pull request.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands

import { join, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { lineOf } from './place.ts';
import type { Tested } from './verdict.ts';

/** One line for each failed cell. */
export function annotationsOf({ source, verdicts }: Tested): string[] {
  const file = fileOf(source.path);
  return verdicts.flatMap(({ name, status, message, detail, executed }) => {
    if (status !== 'failed') return [];
    const line = lineOf(source, executed.index);
    const properties = [
      `file=${property(file)}`,
      ...(line === undefined ? [] : [`line=${line}`]),
      `title=${property(name)}`,
    ];
    return [`::error ${properties.join(',')}::${data([message, detail].filter(Boolean).join('\n'))}`];
  });
}

/** GitHub expects the path from the repository's root, whichever folder a step runs in. */
function fileOf(path: string): string {
  const { GITHUB_WORKSPACE: root } = process.env;
  const inside = root !== undefined && path.startsWith(join(root, sep));
  return relative(inside ? root : process.cwd(), path)
    .split(sep)
    .join('/');
}

function data(text: string): string {
  return stripVTControlCharacters(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
