// The names that patterns bind, and those that paths begin with.

import type { BindingIdentifier, Node } from 'oxc-parser';

/** The names that a pattern binds, in order. */
export function boundNames(pattern: Node, names: string[] = []): string[] {
  switch (pattern.type) {
    case 'Identifier':
      names.push(pattern.name);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        boundNames(property.type === 'RestElement' ? property.argument : property.value, names);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) boundNames(element, names);
      break;
    case 'AssignmentPattern':
      boundNames(pattern.left, names);
      break;
    case 'RestElement':
      boundNames(pattern.argument, names);
      break;
    case 'TSParameterProperty':
      boundNames(pattern.parameter, names);
      break;
  }
  return names;
}

/** The end of a binding's name, before its type. A name written with escapes is longer in the source. */
export function nameEnd(source: string, id: BindingIdentifier): number {
  return source.startsWith(id.name, id.start) ? id.start + id.name.length : (id.typeAnnotation?.start ?? id.end);
}

/** A name as the key of an object literal, where a plain `__proto__` would set the prototype. */
export function keyText(name: string): string {
  return name === '__proto__' ? '["__proto__"]' : name;
}

/** The first name of a path: `Geo` of `Geo.Point`. */
export function leftmost(path: Node): Node {
  let node = path;
  while (node.type === 'TSQualifiedName') node = node.left;
  return node;
}
