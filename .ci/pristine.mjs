// An esbuild plugin: the code that runs in the cell process uses JavaScript's built-ins as they were before the first
// cell, whatever cells make of them. Each use that a cell could reach into is rewritten to runtime/pristine/:
// method calls, iteration, await, `'key' in object`, functions such as JSON.stringify, object literals, and what node:
// modules export.

import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import MagicString from 'magic-string';
import { parseSync, visitorKeys } from 'oxc-parser';
import { builtIn, CLASSES, HOLDERS } from '../runtime/pristine/built-ins.ts';
import { ARRAY_MAKERS } from '../runtime/pristine/species.ts';
import { withClassNames } from './class-names.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PRISTINE = join(root, 'runtime', 'pristine', 'index.ts');

/** Method name → the classes that have a method of that name. */
const METHODS = new Map();
for (const name of CLASSES) {
  for (const [method, { value }] of Object.entries(Object.getOwnPropertyDescriptors(builtIn(name).prototype))) {
    if (typeof value === 'function' && method !== 'constructor')
      METHODS.set(method, [...(METHODS.get(method) ?? []), name]);
  }
}
/** Methods that look up other members in turn → the function that checks that those are unchanged. */
const FURTHER = new Map([
  ...['then', 'catch', 'finally'].map((name) => [name, 'promisesIntact']),
  ...['match', 'matchAll', 'replace', 'replaceAll', 'search', 'split', 'test'].map((name) => [
    name,
    'expressionsIntact',
  ]),
  ['push', 'itemsIntact'],
  ...ARRAY_MAKERS.map((name) => [name, 'speciesIntact']),
]);

/** What the cell process itself replaces: its own calls must reach the replacement. */
const LIVE = new Set(['process.nextTick']);
const COLLECTIONS = { Map: 'set', WeakMap: 'set', Set: 'add', WeakSet: 'add' };

/**
 * Whether a source, by its path from the project's root, runs in the cell process. The coroutine library is
 * not rewritten: it runs in every step of a person's program, where even a cheap test counts, and keeps its own copies
 * of what it needs.
 */
export function runsBesideCells(path) {
  return /^runtime\/(cell\/|host\/|picture\/(?!player\/)|widgets\/|compile\/(bound-names|code-frame|design-types|erase-types|flag|foreign|hoisted-names|lines|maps|normalise|python|registry-specifier|scopes|suffix|type-names)\.ts$|[\w-]+\.ts$)/.test(
    path,
  );
}

/** The plugin. */
export const pristine = {
  name: 'pristine',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => sourceFor(path));
  },
};

/** What esbuild gets for the source at a path; undefined: the source as it is. */
export function sourceFor(path) {
  const inRoot = relative(root, path).replaceAll(sep, '/');
  if (!inRoot.startsWith('runtime/')) return undefined;
  const source = withClassNames(readFileSync(path, 'utf8'));
  return runsBesideCells(inRoot)
    ? { contents: hardened(source, path), loader: 'js' }
    : { contents: source, loader: 'ts' };
}

/** The JavaScript of a source, hardened, with a map to what it was made from. */
export function hardened(source, path) {
  // Types are gone and optional chains are plain conditions: fewer forms to know.
  const { code } = transformSync(source, {
    loader: 'ts',
    target: 'node24',
    format: 'esm',
    supported: { 'optional-chain': false },
    sourcefile: path,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  const edit = rewrite(code, path);
  if (!edit.hasChanged()) return code;
  const map = edit.generateMap({ source: resolve(path), includeContent: true, hires: 'boundary' });
  return `${edit.toString()}\n//# sourceMappingURL=${map.toUrl()}`;
}

function rewrite(code, path) {
  const { program, errors } = parseSync(path.replace(/\.ts$/, '.js'), code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const edit = new MagicString(code);
  const declared = declaredNames(program);
  /** The functions that make the rewritten calls, by name. */
  const callers = new Map();
  /** The classes whose methods those functions check. */
  const classes = new Set();
  const wrap = (node, name) => {
    edit.appendLeft(node.start, `_pristine.${name}(`);
    return () => edit.appendLeft(node.end, ')');
  };
  /** The functions around the visited node, innermost last. */
  const functions = [];
  /** Called before a node's children are visited; the function that it returns, if any, is called after them. */
  const enter = {
    CallExpression: (node) => methodCall(node),
    NewExpression(node) {
      const { callee } = node;
      const adder = callee.type === 'Identifier' && !declared.has(callee.name) ? COLLECTIONS[callee.name] : undefined;
      if (adder === undefined || node.arguments.length === 0) return undefined;
      edit.overwrite(node.start, callee.start, '_pristine.collect(');
      edit.overwrite(callee.end, node.arguments[0].start, `, '${adder}', `);
      return undefined;
    },
    BinaryExpression(node) {
      const { left, operator, right } = node;
      if (operator !== 'in' || left.type !== 'Literal') return undefined;
      edit.overwrite(left.end, right.start, ', ');
      return wrap(node, 'has');
    },
    ArrowFunctionExpression: ({ async: isAsync, body }) =>
      isAsync && body.type !== 'BlockStatement' ? wrap(body, 'awaited') : undefined,
    AwaitExpression: ({ argument }) => wrap(argument, 'awaited'),
    ForOfStatement: ({ await: isAsync, right }) => (isAsync ? undefined : wrap(right, 'each')),
    SpreadElement: ({ argument }, parent) => (parent.type === 'ObjectExpression' ? undefined : wrap(argument, 'each')),
    YieldExpression: ({ delegate, argument }) => (delegate ? wrap(argument, 'each') : undefined),
    VariableDeclarator: ({ id, init }) => (id.type === 'ArrayPattern' && init ? wrap(init, 'each') : undefined),
    AssignmentExpression: ({ left, right }) => (left.type === 'ArrayPattern' ? wrap(right, 'each') : undefined),
    ArrayPattern: (node, parent) => byIndex(node, parent),
    ObjectExpression(node, parent) {
      if (node.properties.length === 0 && parent.type === 'ReturnStatement') return undefined;
      if (node.properties.some(({ key }) => key?.name === '__proto__')) return undefined;
      return wrap(node, 'record');
    },
    ReturnStatement: ({ argument }) => (argument && functions.at(-1)?.async ? wrap(argument, 'awaited') : undefined),
    MemberExpression: (node, parent) => size(node, parent),
    ImportDeclaration: (node) => captured(node),
  };
  walk(program, undefined);
  if (edit.hasChanged()) edit.prepend(preamble(classes, callers.values()));
  return edit;

  function walk(node, parent) {
    const leave = enter[node.type]?.(node, parent);
    const isFunction = /Function/.test(node.type);
    if (isFunction) functions.push(node);
    for (const child of children(node)) walk(child, node);
    if (isFunction) functions.pop();
    leave?.();
  }

  function methodCall(node) {
    const { callee } = node;
    // The settling function of a promise that is made by hand, by its usual name.
    if (callee.name === 'resolve' && node.arguments.length === 1) return wrap(node.arguments[0], 'awaited');
    if (callee.type !== 'MemberExpression' || callee.property.type === 'PrivateIdentifier') return undefined;
    const { object, property, computed } = callee;
    if (computed || object.type === 'Super' || object.type === 'MetaProperty') return undefined;
    if (object.type === 'Identifier' && HOLDERS.includes(object.name) && !declared.has(object.name)) {
      if (LIVE.has(`${object.name}.${property.name}`)) return undefined;
      edit.overwrite(object.start, object.end, `_pristine.statics.${object.name}`);
      return undefined;
    }
    const { name } = property;
    if (!METHODS.has(name)) return undefined;
    const open = code.indexOf('(', callee.end);
    const values = node.arguments;
    if (values.some(({ type }) => type === 'SpreadElement')) {
      edit.appendLeft(node.start, '_pristine.call(');
      edit.overwrite(object.end, open + 1, `, '${name}', [`);
      edit.overwrite(node.end - 1, node.end, '])');
    } else {
      const caller = `_${name}${values.length}`;
      callers.set(caller, callerText(caller, name, values.length));
      for (const one of METHODS.get(name)) classes.add(one);
      edit.appendLeft(node.start, `${caller}(`);
      edit.overwrite(object.end, open + 1, values.length === 0 ? '' : ', ');
    }
    return undefined;
  }

  /** `collection.size`, whose getter a cell can replace. */
  function size({ object, property, computed, end }, parent) {
    if (computed || property.name !== 'size' || /^(Assignment|Update)/.test(parent.type)) return undefined;
    if (parent.type === 'CallExpression' && parent.callee.end === end) return undefined;
    edit.appendLeft(object.start, '_pristine.sizeOf(');
    edit.overwrite(object.end, end, ')');
    return undefined;
  }

  /** `[a, , b = 1]` as `{ 0: a, 2: b = 1 }`, where what is taken apart cannot be wrapped. Such patterns take arrays. */
  function byIndex(node, parent) {
    const wrapped = parent.type === 'VariableDeclarator' ? parent.init : parent.type === 'AssignmentExpression';
    if (wrapped) return undefined;
    const { elements } = node;
    if (elements.at(-1)?.type === 'RestElement') {
      throw new Error(`${path}: a rest element in a nested or a parameter's pattern; take it by slice()`);
    }
    let at = node.start;
    elements.forEach((element, index) => {
      if (!element) return;
      edit.overwrite(at, element.start, `${at === node.start ? '{ ' : ', '}${index}: `);
      at = element.end;
    });
    edit.overwrite(at, node.end, at === node.start ? '{}' : ' }');
    return undefined;
  }

  /** Keeps copies of what a file imports from node: modules: a cell can replace it (syncBuiltinESMExports). */
  function captured({ source, specifiers, end }) {
    if (!source.value.startsWith('node:')) return undefined;
    const named = specifiers.filter(({ type }) => type === 'ImportSpecifier');
    for (const { imported, local } of named) {
      edit.overwrite(imported.start, local.end, `${imported.name} as _live_${local.name}`);
    }
    const copies = named.map(({ local }) => `${local.name} = _live_${local.name}`);
    if (copies.length > 0) edit.appendLeft(end, `const ${copies.join(', ')};`);
    return undefined;
  }
}

function preamble(classes, callers) {
  // Constants of the module, which V8 folds into the code.
  const constants = [...classes].map(
    (one) => `const _${one} = _pristine.prototypes.${one}, _was${one} = _pristine.originals.${one};`,
  );
  return [`import * as _pristine from ${JSON.stringify(PRISTINE)};`, ...constants, ...callers].join('');
}

/**
 * A function that calls a method of a built-in object. As long as the methods of that name are what they were, it is a
 * plain call, as fast as ever.
 */
function callerText(caller, name, count) {
  const values = Array.from({ length: count }, (_, at) => `v${at}`);
  const intact = METHODS.get(name).map((one) => `_${one}.${name} === _was${one}.${name}`);
  if (FURTHER.has(name)) intact.push(`_pristine.${FURTHER.get(name)}()`);
  const slow = `_pristine.call(self, '${name}', [${values}])`;
  return `function ${caller}(${['self', ...values]}) { return ${intact.join(' && ')} ? self.${name}(${values}) : ${slow}; }`;
}

/** Names that a file declares anywhere: none of them is taken for a global. */
function declaredNames(program) {
  const names = new Set();
  const add = (pattern) => {
    if (pattern?.type === 'Identifier') names.add(pattern.name);
    for (const child of children(pattern, ['right', 'key'])) add(child);
  };
  const visit = (node) => {
    if (/^(VariableDeclarator|Function|Class|Import\w*Specifier)/.test(node.type)) add(node.id ?? node.local);
    for (const parameter of /Function/.test(node.type) ? node.params : []) add(parameter);
    for (const child of children(node)) visit(child);
  };
  visit(program);
  return names;
}

function children(node, except = []) {
  const keys = (visitorKeys[node?.type] ?? []).filter((key) => !except.includes(key));
  return keys.flatMap((key) => node[key] ?? []).filter(Boolean);
}
