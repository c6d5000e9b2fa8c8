// Places in the running code, and the places in the person's source that they stand for.

import { expect, test } from '@jest/globals';
import { createSources } from '../../../runtime/cell/errors/sources.ts';
import { mapText } from '../../../runtime/compile/maps.ts';

const map = (mappings: Parameters<typeof mapText>[0]): string => mapText(mappings, 'x', 0);

test('places in a script without maps, or in an unknown one, stay unchanged', () => {
  const sources = createSources();
  sources.registerSource('a.js', { source: 'x', maps: [] });
  expect(sources.place('a.js', 1, 1)).toEqual({ line: 1, column: 1 });
  expect(sources.place('b.js', 7, 3)).toEqual({ line: 7, column: 3 });
  expect(sources.sourceOf('b.js')).toBeUndefined();
});

test('maps are followed one after the other', () => {
  const sources = createSources();
  // Line 1 of the running code is line 2 of the middle, which is line 3 of the source, three columns on.
  sources.registerSource('c', { source: '\n\n0123456', maps: [map([[[0, 0, 1, 0]]]), map([[], [[0, 0, 2, 3]]])] });
  expect(sources.place('c', 1, 5)).toEqual({ line: 3, column: 4 });
});

test('a line that the compiler added has no place', () => {
  const sources = createSources();
  sources.registerSource('c', { source: 'x', maps: [map([[[0, 0, 0, 0]], []])] });
  expect(sources.place('c', 2, 1)).toBeUndefined();
});

test('a place before the person’s code on a line means the start of that code, without its leading space', () => {
  const sources = createSources();
  sources.registerSource('c', {
    source: '1; nosuch()',
    maps: [
      map([
        [],
        [
          [14, 0, 0, 2],
          [20, 0, 0, 9],
        ],
      ]),
    ],
  });
  expect(sources.place('c', 2, 1)).toEqual({ line: 1, column: 4 });
});

test('a script registered again replaces the first', () => {
  const sources = createSources();
  sources.registerSource('c', { source: 'old', maps: ['not read before it is needed'] });
  sources.registerSource('c', { source: 'new', maps: [] });
  expect([sources.sourceOf('c'), sources.place('c', 1, 1)]).toEqual(['new', { line: 1, column: 1 }]);
});
