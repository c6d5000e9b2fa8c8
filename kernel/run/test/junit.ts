// A report in JUnit's XML format, which every CI reads: a suite for each notebook, a case for each cell. It has only
// the attributes of Jenkins' schema, the strictest in use: its xUnit plugin refuses reports that have more.
// https://github.com/jenkinsci/xunit-plugin, junit-10.xsd

import { stripVTControlCharacters } from 'node:util';
import { escapeHtml } from '../../../runtime/escape.ts';
import type { Tested } from './verdict.ts';

/** The text of the report. */
export function junitOf(tested: readonly Tested[]): string {
  const suites = tested.map(suiteOf);
  const sum = (count: (one: Tested) => number) => tested.reduce((total, one) => total + count(one), 0);
  const totals = `tests="${sum(({ verdicts }) => verdicts.length)}" failures="${sum(failures)}" errors="0" time="${seconds(sum(timeOf))}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cokernel test" ${totals}>\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(one: Tested): string {
  const { source, verdicts } = one;
  const skipped = verdicts.filter(({ status }) => status === 'skipped').length;
  const counts = `tests="${verdicts.length}" failures="${failures(one)}" errors="0" skipped="${skipped}" time="${seconds(timeOf(one))}" file="${escaped(source.name)}"`;
  const cases = verdicts.map(({ name, status, message = '', detail = '', differs = false, executed }) => {
    const head = `    <testcase classname="${escaped(source.name)}" name="${escaped(name)}" time="${seconds(executed.run?.seconds ?? 0)}"`;
    if (status === 'passed') return `${head}/>\n`;
    const type = differs ? 'output' : (executed.run?.error?.ename ?? 'error');
    const inner =
      status === 'skipped'
        ? '<skipped/>'
        : `<failure type="${escaped(type)}" message="${escaped(message)}">${escaped(detail)}</failure>`;
    return `${head}>${inner}</testcase>\n`;
  });
  return `  <testsuite name="${escaped(source.name)}" ${counts}>\n${cases.join('')}  </testsuite>\n`;
}

function failures({ verdicts }: Tested): number {
  return verdicts.filter(({ status }) => status === 'failed').length;
}

function timeOf({ verdicts }: Tested): number {
  return verdicts.reduce((total, { executed }) => total + (executed.run?.seconds ?? 0), 0);
}

function seconds(value: number): string {
  return value.toFixed(3);
}

// XML 1.0 has no way to write most control characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is meant to find them
const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function escaped(text: string): string {
  const writable = stripVTControlCharacters(text).toWellFormed().replace(UNWRITABLE, '\ufffd');
  // XML reads a plain line break in an attribute as a blank.
  return escapeHtml(writable).replace(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
