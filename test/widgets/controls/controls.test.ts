// The controls: their values, limits, options, types and texts.

import { beforeEach, expect, test } from '@jest/globals';
import * as w from '../../../runtime/widgets/index.ts';
import { listenTo } from '../../../runtime/widgets/model/widget.ts';
import { type FakeHost, fakeHost } from '../fake-host.ts';

let host: FakeHost;
beforeEach(() => {
  host = fakeHost();
});

const stateOf = (widget: { readonly modelId: string }) => host.opened.get(widget.modelId)?.data.state;

test('values are typed', () => {
  const n = w.slider();
  const value: number = n.value;
  const range: readonly [number, number] = w.rangeSlider().value;
  const city = w.select({ options: ['Oslo', 'Rome'] as const });
  const chosen: 'Oslo' | 'Rome' = city.value;
  expect([value, range, chosen]).toEqual([0, [25, 75], 'Oslo']);
  // @ts-expect-error a number is no text
  const text: string = n.value;
  expect(text).toBe(0);
  expect(() => {
    // @ts-expect-error there is no such value
    n.valu = 4;
  }).toThrow('not extensible');
  expect(() => {
    // @ts-expect-error a text is no number
    n.value = '4';
  }).toThrow("slider: a number was expected as value, got '4'.");
});

test('a slider is in whole numbers if all that it is given is', () => {
  const names = [{}, { max: 5 }, { max: 0.5 }, { step: 0.1 }, { value: 1.5 }].map(
    (options) => stateOf(w.slider(options))._model_name,
  );
  expect(names).toEqual([
    'IntSliderModel',
    'IntSliderModel',
    'FloatSliderModel',
    'FloatSliderModel',
    'FloatSliderModel',
  ]);
});

test('a value stays within its limits, whichever of them is set', () => {
  const n = w.slider({ min: 5, max: 10 });
  expect(n.value).toBe(5);
  n.value = 70;
  expect(n.value).toBe(10);
  n.max = 8;
  expect(n.value).toBe(8);
  expect(() => w.slider({ min: 3, max: 2 })).toThrow('slider: min is 3, which is more than max, 2.');
  const pair = w.rangeSlider({ max: 10, value: [8, 20] });
  expect(pair.value).toEqual([8, 10]);
  expect(w.logSlider({ value: 1e9 }).value).toBe(1e4);
});

test('a pair is in order, and a number that the page cannot have is refused', () => {
  expect(w.rangeSlider({ value: [60, 20] }).value).toEqual([20, 60]);
  const pair = w.rangeSlider({ max: 10, value: [1, 2] });
  pair.value = [9, 3];
  expect(pair.value).toEqual([3, 9]);
  expect(() => w.slider({ max: Number.POSITIVE_INFINITY })).toThrow(
    'slider: a number was expected as max, got Infinity.',
  );
  expect(() => w.number({ value: Number.NEGATIVE_INFINITY })).toThrow('number: a number was expected as value');
  expect(() => w.slider({ step: 0 })).toThrow('slider: a number above 0 was expected as step, got 0.');
  expect(() => w.play({ interval: -1 })).toThrow('play: a number above 0 was expected as interval, got -1.');
  const one = w.select({ options: [1, Number.NaN] });
  one.value = Number.NaN;
  expect(one.value).toBeNaN();
});

test('an option that a control does not have is refused, with those that it has', () => {
  expect(() => w.checkbox({ lable: 'x' } as never)).toThrow(
    /^checkbox: there is no 'lable'\. Its names are tooltip, tabbable, label,/,
  );
  expect(() => w.row([], { style: {} } as never)).toThrow(/^row: there is no 'style'/);
  expect(() => w.slider({ layout: { widht: '5px' } as never })).toThrow(/^layout: there is no 'widht'/);
});

test('of options any values can be chosen; the page knows their texts and places', () => {
  const [one, two] = [{ toString: () => 'one' }, { toString: () => 'two' }];
  const s = w.select({ options: [one, two], value: two });
  expect(stateOf(s)).toMatchObject({ _options_labels: ['one', 'two'], index: 1 });
  host.update(s.modelId, { index: 0 });
  expect(s.value).toBe(one);
  expect(() => {
    s.value = {} as never;
  }).toThrow(RangeError);
  const three = { toString: () => 'three' };
  s.options = [three];
  expect(s.value).toBe(three);
  const many = w.multiSelect({ options: ['a', 'b', 'c'], value: ['a', 'c'] });
  expect(stateOf(many).index).toEqual([0, 2]);
  many.options = ['b', 'c'];
  expect(many.value).toEqual(['c']);
});

test('a day goes to the page in its parts, and comes back as local midnight', () => {
  const d = w.date({ value: new Date(2026, 1, 28, 15) });
  expect(stateOf(d).value).toEqual({ year: 2026, month: 1, date: 28 });
  host.update(d.modelId, { value: { year: 99, month: 0, date: 2 } });
  expect([d.value?.getFullYear(), d.value?.getDate(), d.value?.getHours()]).toEqual([99, 2, 0]);
  host.update(d.modelId, { value: null });
  expect(d.value).toBeNull();
  expect(() => {
    d.value = new Date('no day');
  }).toThrow(/^date: a Date or null was expected/);
});

test('a widget is a text where there is no page', () => {
  const text = (widget: object) => String(widget);
  expect(text(w.slider({ label: 'n', value: 3 }))).toBe('slider n = 3');
  expect(text(w.button({ label: 'Go' }))).toBe('button Go');
  expect(text(w.row([w.checkbox({ label: 'loud' }), 'beside']))).toBe("checkbox loud = false\nlabel = 'beside'");
  expect(text(w.tabs({ First: w.text({ value: 'x' }) }))).toBe("First:\n  text = 'x'");
  expect(text(w.widget({ state: { count: 1 }, esm: 'export default {}' }))).toBe('widget { count: 1 }');
  expect(text(w.arrange(['b', 'a']))).toBe('1. b\n2. a');
  expect(text(w.imageView(new Uint8Array(7)))).toBe('imageView = 7 bytes');
});

test('a layout is sent with what was given, can be changed, and can be shared', () => {
  const a = w.slider({ layout: { width: '50%', gridArea: '1 / 2' } });
  expect(stateOf(a.layout)).toMatchObject({ _model_name: 'LayoutModel', width: '50%', grid_area: '1 / 2' });
  expect(stateOf(a.layout)).not.toHaveProperty('height');
  const b = w.slider({ layout: a.layout });
  expect(b.layout).toBe(a.layout);
  a.layout.width = '10px';
  expect(host.sent.at(-1)).toMatchObject({ id: a.layout.modelId, data: { state: { width: '10px' } } });
});

test('an output shows values, one after the other or in place of all', () => {
  const out = w.output();
  expect(stateOf(out)).toMatchObject({ _model_module: '@jupyter-widgets/output', outputs: [] });
  out.show(1);
  out.append(2);
  expect(out.outputs).toEqual(
    [1, 2].map((value) => ({
      output_type: 'display_data',
      data: { 'text/plain': String(value) },
      metadata: {},
    })),
  );
  expect(String(out)).toBe('1\n2');
  out.clear();
  expect(String(out)).toBe('');
});

test('children come back as the widgets they are', () => {
  const inner = w.slider();
  const box = w.column([inner]);
  host.update(box.modelId, { children: [`IPY_MODEL_${inner.modelId}`] });
  expect(box.children).toEqual([inner]);
});

test('a file that is not there, and code that is none, are refused', () => {
  expect(() => w.widget({ esm: 'gone.js' })).toThrow(/esm names the file .*gone\.js, which does not exist/);
  expect(() => w.widget({ esm: 5 as never })).toThrow(/esm should be a text, a file or a function, got 5/);
  expect(() => w.widget({ state: { _esm: 1 }, esm: 'export default {}' })).toThrow(/the page has a '_esm' of its own/);
  expect(stateOf(w.widget({ esm: 'https://example.org/a.js' }))._esm).toContain('import("https://example.org/a.js")');
});

test('a box of anything but widgets and texts is refused, and an open child that it does not have', () => {
  expect(() => w.row(null as never)).toThrow('row: a list was expected, got null.');
  expect(() => w.column([w.slider(), null as never])).toThrow('column: a widget was expected as child 2, got null.');
  expect(() => w.tabs([w.slider()] as never)).toThrow(/^tabs: an object of titles and widgets was expected, got \[/);
  const tabs = w.tabs({ First: w.slider(), Second: 'text' });
  expect(() => {
    tabs.children = ['text'] as never;
  }).toThrow("tabs: a widget was expected as child 1, got 'text'.");
  expect(() => {
    tabs.selectedIndex = 2;
  }).toThrow('tabs: one of 0 to 1, or null, was expected as selectedIndex, got 2.');
  tabs.selectedIndex = 1;
  tabs.children = tabs.children.slice(0, 1);
  expect(tabs.selectedIndex).toBe(0);
  expect(() => w.accordion({ First: 'text' }, { selectedIndex: -1 })).toThrow(/^accordion: one of 0 to 0, or null,/);
});

test('the value stays chosen when the options become others, and is told when it is another', () => {
  const city = w.select({ options: ['Oslo', 'Rome'], value: 'Rome' });
  const told: unknown[] = [];
  listenTo(city, 'value')(() => told.push(city.value));
  city.options = ['Rome', 'Pisa'];
  expect([city.value, told]).toEqual(['Rome', []]);
  city.options = ['Lund', 'Pisa'];
  expect([city.value, told]).toEqual(['Lund', ['Lund']]);
  const some = w.multiSelect({ options: ['a', 'b', 'c'], value: ['b', 'c'] });
  some.options = ['c', 'a'];
  expect(some.value).toEqual(['c']);
  // In one message: a page cannot show a choice of options that it does not have.
  expect(host.sent.filter(({ id }) => id === some.modelId).map(({ data }) => data.state)).toEqual([
    { _options_labels: ['c', 'a'], index: [0] },
  ]);
  const none = w.radio<string | null>({ options: ['S', 'M'], value: null });
  none.disabled = true;
  expect(none.value).toBeUndefined();
});

test('a name that a control does not have cannot be set, nor a value of another type', () => {
  const free = w.number({ value: 5 });
  expect(() => {
    free.max = 3;
  }).toThrow('not extensible');
  expect(() => {
    w.text().value = 3 as never;
  }).toThrow('text: a text was expected as value, got 3.');
  expect(() => w.checkbox({ value: 'yes' as never })).toThrow('checkbox: true or false was expected as value');
  expect(() => w.widget({ state: [1], esm: 'export default {}' })).toThrow('an object of names and values');
  expect(() => {
    w.arrange(['a']).value = 'b' as never;
  }).toThrow('arrange: a list of texts was expected');
  expect(w.slider({ max: undefined as never }).max).toBe(100);
});

test('what a page sends that cannot be is not taken, or only as far as it can, and the page is told what is', () => {
  const n = w.slider({ max: 10, value: 3 });
  const files = w.fileUpload();
  const page = (id: string) => {
    host.later();
    return host.sent.filter((one) => one.id === id).map(({ data }) => [data.method, data.state]);
  };
  host.update(n.modelId, { value: 'abc', nothing: 1 });
  expect([n.value, page(n.modelId)]).toEqual([
    3,
    [
      ['echo_update', { value: 3 }],
      ['update', { value: 3 }],
    ],
  ]);
  host.update(n.modelId, { value: 50 });
  expect([n.value, page(n.modelId).at(-1)]).toEqual([10, ['update', { value: 10 }]]);
  host.update(files.modelId, { value: [null] });
  expect(files.value).toEqual([]);
  host.update(w.date().modelId, { value: { year: 'x' } });
});

test('linked values end where both can be, whatever they are and however they are linked', () => {
  const day = [w.date(), w.date()] as const;
  w.link(day[0], 'value', day[1], 'value');
  day[0].value = new Date(2026, 1, 2);
  expect(day[1].value).toEqual(day[0].value);
  const [wide, narrow, third] = [w.slider({ max: 10 }), w.slider({ max: 5 }), w.slider({ max: 7 })] as const;
  w.link(wide, 'value', narrow, 'value');
  w.link(narrow, 'value', third, 'value');
  w.link(third, 'value', wide, 'value');
  for (const value of [9, 10]) {
    wide.value = value;
    expect([wide.value, narrow.value, third.value]).toEqual([5, 5, 5]);
  }
  const [low, high] = [w.rangeSlider({ max: 10 }), w.rangeSlider({ min: 20, max: 30 })] as const;
  w.link(low, 'value', high, 'value');
  low.value = [1, 2];
  expect([low.value, high.value]).toEqual([
    [10, 10],
    [20, 20],
  ]);
});

test('what a linked widget refuses is told under the cell that linked them', () => {
  const [typed, city] = [w.text({ value: 'Oslo' }), w.select({ options: ['Oslo', 'Rome'] })] as const;
  w.link(typed, 'value', city, 'value' as never);
  host.update(typed.modelId, { value: 'Rom' });
  expect(host.reported.map(String)).toEqual([expect.stringContaining("'Rom' is none of the options")]);
  host.update(typed.modelId, { value: 'Rome' });
  expect(city.value).toBe('Rome');
  expect(() => w.link(typed, 'nothing' as never, city, 'value' as never)).toThrow("text: there is no 'nothing'");
});
