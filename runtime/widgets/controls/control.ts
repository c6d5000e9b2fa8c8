// Makes a control of its description: a widget whose values are properties, which can be awaited and iterated.

import type { AsyncGeneratorObject } from '../../asyncio/async-generator.ts';
import { type NameOf, Widget, type WidgetLike } from '../model/widget.ts';
import type { Model } from '../model/widget-model.ts';
import type { LayoutState, StyleState } from './control-states.ts';
import { DESCRIPTIONS, type Description, LAYOUT, styleDescription } from './descriptions.ts';
import { createTraits, type Traits, unknownName } from './traits.ts';
import { limited } from './within-limits.ts';

/** A control whose values are its properties: `n.value`, `n.value = 4`. */
export type Control<State extends object> = ControlWidget<State> & State;

/** Where a widget is and how large. */
export type Layout = Control<LayoutState>;

/** How a control looks. */
export type Style = Control<StyleState>;

/** What can be given as the layout of a widget: its place and size, by names of CSS, or the layout of another widget, which both then have. */
export type LayoutOptions = Partial<LayoutState> | Layout;

/** What can be given when a control is made; all of it can be left out. */
export type Options<State extends object> = Partial<State> & {
  readonly layout?: LayoutOptions;
  readonly style?: Partial<StyleState> | Style;
};

/** A widget that ipywidgets provides. */
export class ControlWidget<State extends object> extends Widget<State> {
  /** Its place and size: `n.layout.width = '50%'`. */
  declare readonly layout: Layout;
  /** How it looks: `n.style.handleColor = 'red'`. */
  declare readonly style: Style;

  /** Its values, from the next change on: `for await (const value of n)`. See `changes`. */
  [Symbol.asyncIterator](): AsyncGeneratorObject<State['value' & keyof State]> {
    return this.changes('value' as NameOf<State>) as AsyncGeneratorObject<State['value' & keyof State]>;
  }
}

/** What one kind of control has besides its values. */
type Members<State extends object> = (made: Control<State>) => object;

/** Makes a control of ipywidgets. @throws {TypeError} for an option that it does not have */
export function control<State extends object>(
  name: keyof typeof DESCRIPTIONS,
  given: Options<State>,
  members?: Members<State>,
): Control<State> {
  return createControl<State>(DESCRIPTIONS[name], given, members);
}

function createControl<State extends object>(
  description: Description,
  { layout, style, ...given }: Options<State>,
  members: Members<State> = () => ({}),
): Control<State> {
  const traits = createTraits(description);
  const parts: Record<string, WidgetLike> = {};
  if (description !== LAYOUT && description.kind !== 'style') {
    parts.layout = layoutOf(layout);
    if (description.style !== undefined) parts.style = partOf(style, styleDescription(description.style));
  }
  if (style !== undefined && parts.style === undefined) {
    throw unknownName(description.kind, 'style', Object.keys(description.state));
  }
  const made: ControlWidget<State> = new ControlWidget(
    { ...openingState(description, given, traits), ...parts },
    traits,
    (received) => acceptable(received, made.model, description, traits),
  );
  for (const [name, part] of Object.entries(parts)) Object.defineProperty(made, name, { value: part });
  for (const name of Object.keys(description.state)) defineValue(made, name, description, traits);
  const own = members(made as Control<State>);
  for (const name of Reflect.ownKeys(own)) Object.defineProperty(made, name, { value: Reflect.get(own, name) });
  // The page would not see a name that it does not have.
  return Object.preventExtensions(made) as Control<State>;
}

/** The layout that a person has given. */
export function layoutOf(given: LayoutOptions | undefined): Layout {
  return partOf(given, LAYOUT) as Layout;
}

function partOf(given: object | undefined, description: Description): WidgetLike {
  return given instanceof Widget ? given : createControl(description, { ...given });
}

/** All that the page needs; of layouts and styles only what a person gave. */
function openingState(description: Description, given: object, traits: Traits): Record<string, unknown> {
  const { model, module, version, view, state, classes } = description;
  const isPart = description === LAYOUT || description.kind === 'style';
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const values = { ...(isPart ? {} : state), ...chosen };
  const fitted = limited(description, values) ?? {};
  // The options first: the value is a place among them.
  const names = Object.keys({ ...values, ...fitted }).sort((one) => (one === 'options' ? -1 : 0));
  return {
    ...{ _model_module: module, _model_module_version: version, _model_name: model },
    ...{ _view_module: isPart ? LAYOUT.module : module, _view_module_version: version, _view_name: view },
    _view_count: null,
    ...(classes && { _dom_classes: classes }),
    ...Object.fromEntries(names.map((name) => traits.write(name, { ...values, ...fitted }[name as never]))),
  };
}

function defineValue(made: { readonly model: Model }, name: string, description: Description, traits: Traits): void {
  Object.defineProperty(made, name, {
    enumerable: true,
    get: () => traits.read(made.model, name),
    set(value: unknown) {
      const current = valuesOf(made.model, description, traits);
      const fitted = limited(description, { ...current, [name]: value }, name);
      made.model.assign(written({ [name]: value, ...fitted }, traits));
    },
  });
}

/** The values of a page, within the limits that there are here by now. @throws {Error} if they cannot be the control's */
function acceptable(received: Values, model: Model, description: Description, traits: Traits): Values {
  const both = { get: (trait: string) => (Object.hasOwn(received, trait) ? received[trait] : model.get(trait)) };
  const values = valuesOf(both, description, traits);
  const changing = Object.keys(values).filter((name) => Object.hasOwn(received, traits.traitsOf(name)[0] as string));
  const fitted = changing.map((name) => written(limited(description, values, name) ?? {}, traits));
  return Object.assign({}, received, ...fitted);
}

type Values = Readonly<Record<string, unknown>>;

function valuesOf(model: Pick<Model, 'get'>, { state }: Description, traits: Traits): Values {
  return Object.fromEntries(Object.keys(state).map((name) => [name, traits.read(model, name)]));
}

/** The same under the names of the model. */
function written(values: Values, traits: Traits): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => traits.write(name, value)));
}
