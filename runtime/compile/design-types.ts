// emitDecoratorMetadata: the types of decorated members and of constructors as values, told by decorators that call
// Reflect.metadata where a package brings it. esbuild does not write them. As in TypeScript without strictNullChecks, a
// type is its constructor where it has one, else Object; whether a name has one is asked at run time.

import type { Function as Callable, Class, MethodDefinition, Node } from 'oxc-parser';
import type { Rewrite } from './rewrite.ts';

/** The constructor's types, before a decorated class. `at`: after the class's own decorators. */
export function tellClass(rewrite: Rewrite, node: Class, at: number): void {
  if (!rewrite.metadata) return;
  const made = node.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  if (made?.type !== 'MethodDefinition' || (node.decorators.length === 0 && !hasDecorated(made.value.params))) return;
  rewrite.before(at, tell('paramtypes', list(made.value)));
}

/** The types of a member that is decorated, or has decorated parameters. `at`: after its own decorators. */
export function tellMember(rewrite: Rewrite, node: Node, at: number): void {
  if (!rewrite.metadata) return;
  if (node.type === 'PropertyDefinition' || node.type === 'AccessorProperty') {
    if (node.decorators.length > 0) rewrite.before(at, tell('type', valueFor(node.typeAnnotation)));
  } else if (node.type === 'MethodDefinition' && node.kind !== 'constructor') {
    if (node.decorators.length > 0 || hasDecorated(node.value.params)) rewrite.before(at, tellMethod(node));
  }
}

function tellMethod({ kind, value }: MethodDefinition): string {
  const parameters = tell('paramtypes', list(value));
  if (kind === 'get') return tell('type', valueFor(value.returnType)) + parameters;
  if (kind === 'set') return tell('type', valueFor(annotationOf(value.params[0]))) + parameters;
  const returned = value.returnType ? valueFor(value.returnType) : value.async ? 'Promise' : 'void 0';
  return tell('type', 'Function') + parameters + tell('returntype', returned);
}

function tell(key: string, value: string): string {
  return ` @(Reflect.metadata?.("design:${key}", ${value}) ?? (() => {})) `;
}

function hasDecorated(parameters: readonly Node[]): boolean {
  return parameters.some((parameter) => 'decorators' in parameter && (parameter.decorators?.length ?? 0) > 0);
}

function list({ params }: Pick<Callable, 'params'>): string {
  return `[${params.map((parameter) => valueFor(annotationOf(parameter))).join(', ')}]`;
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

/** The value that stands for a type. */
function valueFor(type: Node | null | undefined): string {
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
      return named(type.typeName);
    default:
      return 'Object';
  }
}

const NOTHING = 'void 0';

function literal(node: Node): string {
  if (node.type !== 'Literal') return node.type === 'UnaryExpression' ? literal(node.argument) : 'String';
  if ('bigint' in node) return 'BigInt';
  if (node.value === null) return NOTHING;
  return { string: 'String', number: 'Number', boolean: 'Boolean' }[typeof node.value as string] ?? 'Object';
}

/** What all parts are, but for null and undefined. */
function common(values: readonly string[]): string {
  const kinds = new Set(values.filter((value) => value !== NOTHING));
  const [first = NOTHING] = kinds;
  return kinds.size > 1 ? 'Object' : first;
}

/** A class, or Object for a name that is a type alone. */
function named(name: Node): string {
  const path = pathOf(name);
  const first = path[0];
  if (first === undefined) return 'Object';
  const value = path.join('?.');
  return `(typeof ${first} !== "undefined" && typeof ${value} === "function" ? ${path.join('.')} : Object)`;
}

function pathOf(name: Node): readonly string[] {
  if (name.type === 'Identifier') return [name.name];
  return name.type === 'TSQualifiedName' ? [...pathOf(name.left), name.right.name] : [];
}
