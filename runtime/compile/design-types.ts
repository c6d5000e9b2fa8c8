// emitDecoratorMetadata: the types of decorated members and of constructors as values, told by decorators that call
// Reflect.metadata where a package brings it. esbuild does not write them. As in TypeScript without strictNullChecks, a
// type is its constructor where it has one, else Object; whether a name has one is asked at run time.

import type { Function as Callable, Class, MethodDefinition, Node } from 'oxc-parser';
import type { Rewrite } from './rewrite.ts';

/** What is told of one thing: a key, and the value or the values for it. */
type Told = readonly [key: string, value: Value | readonly Value[], several?: true];

/** The constructor's types, before a decorated class. `at`: after the class's own decorators. */
export function tellClass(rewrite: Rewrite, node: Class, at: number): void {
  if (rewrite.metadata) rewrite.before(at, ofClass(node).map(tell).join(''));
}

/** The types of a member that is decorated, or has decorated parameters. `at`: after its own decorators. */
export function tellMember(rewrite: Rewrite, node: Node, at: number): void {
  if (rewrite.metadata) rewrite.before(at, ofMember(node).map(tell).join(''));
}

/** The names that a class's decorators tell: a file that imports them for their types alone needs them all the same. */
export function toldNames(node: Class): string[] {
  const told = [...ofClass(node), ...node.body.body.flatMap(ofMember)];
  const values = told.flatMap(([, value, several]) => (several ? (value as readonly Value[]) : [value as Value]));
  return values.flatMap((value) => (typeof value === 'string' ? [] : [value[0]]));
}

function ofClass({ body, decorators }: Class): readonly Told[] {
  const made = body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  if (made?.type !== 'MethodDefinition' || (decorators.length === 0 && !hasDecorated(made.value.params))) return [];
  return [parametersOf(made.value)];
}

function ofMember(node: Node): readonly Told[] {
  if (node.type === 'PropertyDefinition' || node.type === 'AccessorProperty') {
    return node.decorators.length > 0 ? [['type', valueFor(node.typeAnnotation)]] : [];
  }
  if (node.type !== 'MethodDefinition' || node.kind === 'constructor') return [];
  return node.decorators.length > 0 || hasDecorated(node.value.params) ? ofMethod(node) : [];
}

function ofMethod({ kind, value }: MethodDefinition): readonly Told[] {
  const parameters = parametersOf(value);
  if (kind === 'get') return [['type', valueFor(value.returnType)], parameters];
  if (kind === 'set') return [['type', valueFor(annotationOf(value.params[0]))], parameters];
  const returned = value.returnType ? valueFor(value.returnType) : value.async ? 'Promise' : NOTHING;
  return [['type', 'Function'], parameters, ['returntype', returned]];
}

function parametersOf({ params }: Pick<Callable, 'params'>): Told {
  return ['paramtypes', params.map((parameter) => valueFor(annotationOf(parameter))), true];
}

function tell([key, value, several]: Told): string {
  const text = several ? `[${(value as readonly Value[]).map(textOf).join(', ')}]` : textOf(value as Value);
  return ` @(Reflect.metadata?.("design:${key}", ${text}) ?? (() => {})) `;
}

function hasDecorated(parameters: readonly Node[]): boolean {
  return parameters.some((parameter) => 'decorators' in parameter && (parameter.decorators?.length ?? 0) > 0);
}

function annotationOf(parameter: Node | undefined): Node | null {
  switch (parameter?.type) {
    case 'TSParameterProperty':
      return annotationOf(parameter.parameter);
    case 'AssignmentPattern':
      return annotationOf(parameter.left);
    case 'RestElement':
      return elementOf(parameter.typeAnnotation?.typeAnnotation);
    default:
      return parameter && 'typeAnnotation' in parameter ? (parameter.typeAnnotation as Node | null) : null;
  }
}

function elementOf(type: Node | undefined): Node | null {
  return type?.type === 'TSArrayType' ? type.elementType : null;
}

/** What stands for a type: a constructor that JavaScript has, or the path of a name that may be a class. */
type Value = string | readonly [string, ...string[]];

/** The value that stands for a type. */
function valueFor(type: Node | null | undefined): Value {
  switch (type?.type) {
    case 'TSTypeAnnotation':
    case 'TSParenthesizedType':
    case 'TSOptionalType':
      return valueFor(type.typeAnnotation);
    case 'TSStringKeyword':
    case 'TSTemplateLiteralType':
      return 'String';
    case 'TSNumberKeyword':
      return 'Number';
    case 'TSBooleanKeyword':
    case 'TSTypePredicate':
      return 'Boolean';
    case 'TSBigIntKeyword':
      return 'BigInt';
    case 'TSSymbolKeyword':
      return 'Symbol';
    case 'TSVoidKeyword':
    case 'TSUndefinedKeyword':
    case 'TSNullKeyword':
    case 'TSNeverKeyword':
      return NOTHING;
    case 'TSFunctionType':
    case 'TSConstructorType':
      return 'Function';
    case 'TSArrayType':
    case 'TSTupleType':
      return 'Array';
    case 'TSTypeOperator':
      return type.operator === 'readonly' ? valueFor(type.typeAnnotation) : 'Object';
    case 'TSLiteralType':
      return literal(type.literal);
    case 'TSUnionType':
    case 'TSIntersectionType':
      return common(type.types.map(valueFor));
    case 'TSConditionalType':
      return common([valueFor(type.trueType), valueFor(type.falseType)]);
    case 'TSTypeReference':
      return pathOf(type.typeName);
    default:
      return 'Object';
  }
}

const NOTHING = 'void 0';

function literal(node: Node): Value {
  if (node.type !== 'Literal') return node.type === 'UnaryExpression' ? literal(node.argument) : 'String';
  if ('bigint' in node) return 'BigInt';
  if (node.value === null) return NOTHING;
  return { string: 'String', number: 'Number', boolean: 'Boolean' }[typeof node.value as string] ?? 'Object';
}

/** What all parts are, but for null and undefined. */
function common(values: readonly Value[]): Value {
  const [first = NOTHING, ...others] = values.filter((value) => value !== NOTHING);
  return others.every((value) => String(value) === String(first)) ? first : 'Object';
}

/** The text for a value: Object for a name that is a type alone. */
function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  return `(typeof ${value[0]} !== "undefined" && typeof ${value.join('?.')} === "function" ? ${value.join('.')} : Object)`;
}

function pathOf(name: Node): readonly [string, ...string[]] {
  if (name.type === 'TSQualifiedName') return [...pathOf(name.left), name.right.name];
  return [name.type === 'Identifier' ? name.name : 'undefined'];
}
