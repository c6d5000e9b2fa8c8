// Every form of the grammar that nests, or chains as a tree that is deep on one side, as a text of any depth. Some are
// cut off in the middle, because a parser is as deep in those.

type Form = (depth: number) => string;

const around =
  (open: string, inside: string, close: string, before = ''): Form =>
  (depth) =>
    `${before}${open.repeat(depth)}${inside}${close.repeat(depth)}`;
const chain =
  (first: string, link: string, after = ''): Form =>
  (depth) =>
    `${first}${link.repeat(depth)}${after}`;

const EXPRESSIONS: Readonly<Record<string, Form>> = {
  parentheses: around('(', '1', ')'),
  'open parentheses': chain('', '('),
  arrays: around('[', '', ']'),
  'open arrays': chain('', '['),
  objects: around('{a:', '1', '}', 'x='),
  'computed keys': around('{[', '1', ']:1}', 'x='),
  getters: around('{get a(){return', '', '}}', 'x='),
  'object spreads': around('{...', 'a', '}', 'x='),
  spreads: around('[...', 'a', ']'),
  calls: around('f(', '', ')'),
  'chained calls': chain('a', '()'),
  'optional calls': chain('a', '?.()'),
  members: chain('a', '.a'),
  'optional members': chain('a', '?.a'),
  indices: chain('a', '[0]'),
  'nested indices': around('a[', '0', ']'),
  'tagged templates': chain('a', '``'),
  templates: around('`${', '1', '}`'),
  new: chain('', 'new ', 'a'),
  'new with parentheses': around('new (', 'a', ')'),
  'dynamic imports': around('import(', '1', ')'),
  await: chain('', 'await ', '1'),
  yield: chain('function*g(){', 'yield ', '1}'),
  not: chain('', '!', '1'),
  minus: chain('', '- ', '1'),
  complement: chain('', '~', '1'),
  typeof: chain('', 'typeof ', '1'),
  void: chain('', 'void ', '1'),
  delete: chain('', 'delete ', 'a'),
  conditionals: chain('', '1?1:', '1'),
  'conditionals in the middle': around('1?', '1', ':1'),
  assignments: chain('', 'a=', '1'),
  'operator assignments': chain('', 'a+=', '1'),
  commas: chain('1', ',1'),
  ...Object.fromEntries(
    ['&&', '||', '??', '|', '&', '^', '+', '*', '**', '<', '==', '<<', ' in ', ' instanceof '].map(
      (operator) => [`1${operator}1`, chain('1', `${operator}1`)] as const,
    ),
  ),
  'private names': chain('', '#a in ', 'a'),
  'regular expression groups': around('(', '', ')/', '/'),
  'character classes': around('[a', '', ']', '/'),
};

const FUNCTIONS: Readonly<Record<string, Form>> = {
  arrows: chain('', 'a=>', '1'),
  'arrows with parentheses': chain('', '(a)=>', '1'),
  'async arrows': chain('', 'async a=>', '1'),
  'arrows with blocks': around('()=>{', '', '}'),
  'arrows of objects': around('()=>({a:', '1', '})'),
  'arrows in parentheses': around('(()=>', '1', ')'),
  'generic arrows': chain('', '<T>(a)=>', '1'),
  'arrows with types': chain('', '(a):a=>', '1'),
  defaults: around('(a=', '1', ')=>1'),
  'async calls': around('async(', '', ')'),
  'arrows in conditionals': around('a?(b)=>', '1', ':1'),
  'names in conditionals': chain('', 'a?(b):', '1'),
  functions: around('function f(){', '', '}'),
  'function expressions': around('(function(){', '', '})'),
  classes: around('(class{a=', '1', '})'),
  accessors: around('(class{accessor a=', '1', '})'),
  methods: around('(class{a(){', '', '}})'),
  'static blocks': around('(class{static{', '', '}})'),
  'superclasses cut off': chain('', 'class extends '),
  decorators: chain('', '@a ', 'class A{}'),
  'decorators cut off': chain('', '@(class{'),
};

const STATEMENTS: Readonly<Record<string, Form>> = {
  blocks: around('{', '', '}'),
  'open blocks': chain('', '{'),
  if: chain('', 'if(1)', ';'),
  'else if': chain('', 'if(1);else ', ';'),
  for: chain('', 'for(;;)', ';'),
  'for of': chain('', 'for(a of b)', ';'),
  while: chain('', 'while(1)', ';'),
  do: around('do ', ';', 'while(1);'),
  with: chain('', 'with(a)', ';'),
  labels: (depth) => `${Array.from({ length: depth }, (_, index) => `a${index}:`).join('')};`,
  try: around('try{', '', '}finally{}'),
  catch: around('try{}catch{', '', '}'),
  switch: around('switch(1){case 1:', '', '}'),
  using: around('{using a=b;', '', '}'),
  'array patterns': around('[', 'a', ']', 'let '),
  'array patterns assigned': (depth) => `${'['.repeat(depth)}a${']'.repeat(depth)}=1`,
  'object patterns': (depth) => `let ${'{a:'.repeat(depth)}a${'}'.repeat(depth)}=1`,
  'array patterns cut off': chain('let ', '['),
  'default exports': around('(', '1', ')', 'export default '),
};

const TYPES: Readonly<Record<string, Form>> = {
  casts: chain('a', ' as any'),
  'const casts': chain('a', ' as const'),
  'casts in parentheses': around('(', 'a', ' as any)'),
  satisfies: chain('a', ' satisfies any'),
  'non-null': chain('a', '!'),
  'type assertions': chain('', '<any>', 'a'),
  'generic calls': around('f<a>(', '', ')'),
  'type arguments alone': chain('a', '<a>'),
  'types in parentheses': around('(', '1', ')', 'type A='),
  'array types': chain('type A=a', '[]'),
  tuples: around('[', '1', ']', 'type A='),
  'open tuples': chain('type A=', '['),
  'object types': around('{a:', '1', '}', 'type A='),
  'type arguments': around('a<', 'a', '>', 'type A='),
  'type arguments cut off': chain('type A=', 'a<'),
  'conditional types': chain('type A=', 'a extends a?1:', '1'),
  'conditional types in the middle': around('a extends a?', '1', ':1', 'type A='),
  infer: chain('type A=a extends ', 'infer B extends ', 'a?1:1'),
  'function types': chain('type A=', '()=>', '1'),
  'constructor types': chain('type A=', 'abstract new()=>', '1'),
  'parameters of function types': around('(a:', 'a', ')=>a', 'type A='),
  keyof: chain('type A=', 'keyof ', 'a'),
  'indexed types': around('a[', '1', ']', 'type A='),
  'chained indexed types': chain('type A=a', '[1]'),
  unions: chain('type A=a', '|a'),
  intersections: chain('type A=a', '&a'),
  'unions in parentheses': around('a|(', 'a', ')', 'type A='),
  'mapped types': around('{[a in b]:', '1', '}', 'type A='),
  'template types': around('`${', '1', '}`', 'type A='),
  'qualified names': chain('type A=a', '.a'),
  'typeof in types': chain('type A=typeof a', '.a'),
  'type parameters cut off': chain('', '<T extends '),
  readonly: chain('type A=', 'readonly ', 'a[]'),
  namespaces: around('namespace a{', '', '}'),
  'dotted namespaces': chain('namespace a', '.a', '{}'),
  enums: (depth) => `enum A{${'a=('.repeat(depth)}1${')'.repeat(depth)}}`,
};

const JSX: Readonly<Record<string, Form>> = {
  elements: around('<a>', '', '</a>'),
  'open elements': chain('', '<a>'),
  fragments: around('<>', '', '</>'),
  attributes: around('<a b={', '1', '}/>'),
  children: around('<a>{', '1', '}</a>'),
  'member elements': chain('<a', '.a', '/>'),
};

/** All of them, by a name each. */
export const forms: readonly (readonly [name: string, form: Form])[] = Object.entries({
  ...EXPRESSIONS,
  ...FUNCTIONS,
  ...STATEMENTS,
  ...TYPES,
  ...JSX,
});
