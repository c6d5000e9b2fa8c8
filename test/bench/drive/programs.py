"""The cells that the benchmark runs: the same programs in each kernel's language."""

TYPESCRIPT = {
    'first': '1 + 1',
    'plain': 'let x{i} = {i}; x{i} + 1',
    'typed': 'const n{i}: number = {i}; n{i} + 1',
    'lines': 'for (let i = 0; i < {n}; i++) console.log("line " + i)',
    'big': 'console.log("x".repeat({n}))',
    'loop': 'while (true) {}',
    'await': 'await new Promise(() => {})',
    'loop after await': 'await new Promise((done) => setTimeout(done, 10)); while (true) {}',
    'late print': 'setTimeout(() => console.log("late"), 150)',
    'wait': 'await new Promise((done) => setTimeout(done, 400))',
    'late error': 'setTimeout(() => { throw new Error("too late") }, 50); 1',
    'rejection': 'void Promise.reject(new Error("nobody caught")); 1',
    'exit': 'process.exit(3)',
    'widgets': 'import { slider } from "cokernel/widgets"; const from = slider(), to = slider(); from.on("value", (v) => { to.value = v }); to',
    'memory': 'const hog = []; while (true) hog.push(new Array(100000).fill({}))',
}

PYTHON = {
    'first': '1 + 1',
    'plain': 'x{i} = {i}; x{i} + 1',
    'typed': 'n{i}: int = {i}; n{i} + 1',
    'lines': 'for i in range({n}): print(f"line {i}")',
    'big': 'print("x" * {n})',
    'loop': 'while True: pass',
    'await': 'import asyncio; await asyncio.sleep(1000)',
    'loop after await': 'import asyncio; await asyncio.sleep(0.01)\nwhile True: pass',
    'late print': 'import asyncio; asyncio.get_running_loop().call_later(0.15, print, "late"); None',
    'wait': 'import asyncio; await asyncio.sleep(0.4)',
    'late error': 'import asyncio\ndef late(): raise ValueError("too late")\nasyncio.get_running_loop().call_later(0.05, late); 1',
    'rejection': 'import asyncio\nasync def fail(): raise ValueError("nobody caught")\ntask = asyncio.ensure_future(fail()); del task; 1',
    'exit': 'import os; os._exit(3)',
    'widgets': 'from ipywidgets import IntSlider\nsource = IntSlider(); to = IntSlider()\nsource.observe(lambda change: setattr(to, "value", change.new), "value"); to',
}

LONG = {
    'typescript': '''function group{i}<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
''',
    'python': '''def group{i}(items: list, key) -> dict:
    groups: dict = {}
    for item in items:
        groups[key(item)] = [*groups.get(key(item), []), item]
    return groups
''',
}


def long_program(kernel, lines, first):
    """A cell of functions of five lines each, numbered from `first`."""
    text = LONG[kernel['language']]
    return ''.join(text.replace('{i}', str(first + n)) for n in range(lines // 5)) + '1'


def program(kernel, name, **values):
    """The cell of that name for that kernel; None if its language has none."""
    text = (PYTHON if kernel['language'] == 'python' else TYPESCRIPT).get(name)
    for key, value in values.items():
        text = text and text.replace('{%s}' % key, str(value))
    return text
