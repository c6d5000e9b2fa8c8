// Checks a notebook against nbformat's own JSON schema and says in one sentence where it does not conform.
// The schema of 4.0 to 4.4 is that of 4.5 without cell ids; they do not differ otherwise.

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import schema45 from './nbformat.v4.5.json' with { type: 'json' };

const validators = new Map<boolean, ValidateFunction>();

/** Where and how a notebook of that minor version breaks its schema; undefined if it does not. */
export function breach(notebook: unknown, minor: number): string | undefined {
  const check = validator(minor >= 5);
  if (check(notebook)) return undefined;
  const worst = deepest(check.errors ?? []);
  if (worst === undefined) return 'it does not conform to the schema';
  const detail = worst.keyword === 'additionalProperties' ? ` '${worst.params.additionalProperty}'` : '';
  return `${place(worst.instancePath)} ${worst.message}${detail}`;
}

function validator(withIds: boolean): ValidateFunction {
  let check = validators.get(withIds);
  if (check === undefined) {
    // Not strict, because the schema says `item` in one place and means `items`. `deepest` needs all errors.
    check = new Ajv({ strict: false, validateFormats: false, allErrors: true, verbose: true }).compile(
      withIds ? schema45 : withoutIds(),
    );
    validators.set(withIds, check);
  }
  return check;
}

function withoutIds(): object {
  const copy = structuredClone(schema45);
  for (const kind of ['raw_cell', 'markdown_cell', 'code_cell'] as const) {
    const cell: { required: string[]; properties: { id?: unknown } } = copy.definitions[kind];
    cell.required = cell.required.filter((name) => name !== 'id');
    delete cell.properties.id;
  }
  copy.properties.nbformat_minor.minimum = 0;
  return copy;
}

/** Each branch of a `oneOf` leaves errors; those of the intended kind of cell or output say most. */
function deepest(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const meant = errors.filter((error) => error.keyword !== 'oneOf' && !ofAnotherKind(error));
  const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;
  return (meant.length > 0 ? meant : [...errors]).sort((one, other) => depth(other) - depth(one))[0];
}

function ofAnotherKind({ keyword, instancePath, parentSchema, data }: ErrorObject): boolean {
  if (keyword === 'enum' && /_type$/.test(instancePath)) return true;
  return ['cell_type', 'output_type'].some((name) => {
    const kinds = parentSchema?.properties?.[name]?.enum;
    return Array.isArray(kinds) && !kinds.includes((data as Record<string, unknown> | null)?.[name]);
  });
}

/** `/cells/3/outputs/0` as people count: cell 4, outputs/0. */
function place(path: string): string {
  const [, cells, index, ...rest] = path.split('/');
  if (cells !== 'cells' || index === undefined) return path === '' ? 'it' : path.slice(1);
  return [`cell ${Number(index) + 1}`, rest.join('/')].filter(Boolean).join(', ');
}
