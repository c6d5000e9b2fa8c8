// Widgets in notebooks that are run without a front end: their states are stored, and pages show them as they stand.

import { expect, test } from '@jest/globals';
import { bench, sketch } from './notebook.ts';

const CELLS = [
  "import * as w from 'cokernel/widgets'; const n = w.slider({ label: 'n', max: 10, value: 3 }); n",
  "n.value = 7; w.column([w.checkbox({ label: 'loud', value: true }), w.select({ options: ['<a>', 'b'], value: 'b' }), w.imageView(new Uint8Array([1, 2, 3]))])",
];

test('the states of widgets are stored as nbclient stores them, with the last values and the bytes', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(CELLS));
  expect(await folder.run(name, '--inplace')).toMatchObject({ code: 0, stderr: '' });
  const { metadata, cells } = folder.notebook('a.ipynb');
  const { state, version_major } = metadata.widgets['application/vnd.jupyter.widget-state+json'];
  expect(version_major).toBe(2);
  const id = cells[0].outputs[0].data['application/vnd.jupyter.widget-view+json'].model_id;
  expect(state[id]).toMatchObject({
    model_name: 'IntSliderModel',
    model_module: '@jupyter-widgets/controls',
    model_module_version: '2.0.0',
    state: { value: 7, max: 10 },
  });
  const images = Object.values<{ model_name: string; buffers?: object[] }>(state);
  expect(images.find(({ model_name }) => model_name === 'ImageModel')?.buffers).toEqual([
    { data: 'AQID', encoding: 'base64', path: ['value'] },
  ]);
  expect((await folder.test(name)).code).toBe(0);
});

test('a run without widgets stores none, whatever an earlier one stored', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(['1'], { widgets: { old: true } }));
  expect((await folder.run(name, '--inplace')).code).toBe(0);
  expect(folder.notebook('a.ipynb').metadata.widgets).toBeUndefined();
});

test('a page shows controls with their values, inert, and their texts escaped', async () => {
  using folder = bench();
  const name = folder.write('a.ipynb', sketch(CELLS));
  expect((await folder.run(name, '--html')).code).toBe(0);
  const html = folder.read('a.html');
  expect(html).toContain(
    '<span class="widget-label">n</span><input type="range" disabled min="0" max="10" step="1" value="7"><output>7</output>',
  );
  expect(html).toContain('<label><input type="checkbox" disabled checked> loud</label>');
  expect(html).toContain('<select disabled><option>&lt;a&gt;</option><option selected>b</option></select>');
  expect(html).toContain('<img src="data:image/png;base64,AQID" alt="">');
});
