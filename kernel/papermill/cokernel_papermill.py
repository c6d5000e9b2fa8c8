"""Lets papermill write its parameters as TypeScript. `cokernel install` puts this module beside papermill.

papermill has no entry point for translators, but it loads those for engines when it is imported. So this module poses
as an engine: importing it registers the translator, and the engine it offers is papermill's own.
"""

import json
import math
import re

from papermill.engines import NBClientEngine
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

#: Beyond these JavaScript's numbers are no longer exact.
MAX_SAFE_INTEGER = 2**53 - 1

#: A declaration on a line of its own, as in a cell of parameters: name, type, value, comment.
DECLARATION = re.compile(r'^(?:let|var|const)\s+([\w$]+)\s*(?::\s*([^=]+?))?\s*=\s*(.*?)\s*;?\s*(?://\s*(.*?)\s*)?$', re.M)


class TypeScriptTranslator(Translator):
    """Writes `let name = value;` for each parameter; a cell may redeclare a name of an earlier cell."""

    @classmethod
    def translate_none(cls, val):
        return 'null'

    @classmethod
    def translate_int(cls, val):
        return str(val) if abs(val) <= MAX_SAFE_INTEGER else f'{val}n'

    @classmethod
    def translate_float(cls, val):
        if math.isnan(val):
            return 'NaN'
        if math.isinf(val):
            return 'Infinity' if val > 0 else '-Infinity'
        return repr(val)

    @classmethod
    def translate_escaped_str(cls, str_val):
        return json.dumps(str(str_val), ensure_ascii=False)

    @classmethod
    def translate_dict(cls, val):
        items = (f'{cls._key(key)}: {cls.translate(value)}' for key, value in val.items())
        return '{ ' + ', '.join(items) + ' }' if val else '{}'

    @classmethod
    def translate_list(cls, val):
        return '[' + ', '.join(cls.translate(value) for value in val) + ']'

    @classmethod
    def _key(cls, key):
        # In a literal, `__proto__` without brackets would be the object's prototype.
        return '["__proto__"]' if key == '__proto__' else json.dumps(str(key), ensure_ascii=False)

    @classmethod
    def comment(cls, cmt_str):
        return f'// {cmt_str}'.strip()

    @classmethod
    def assign(cls, name, str_val):
        return f'let {name} = {str_val};'

    @classmethod
    def inspect(cls, parameters_cell):
        """Finds parameters for `papermill --help-notebook` and for its warning about unknown parameters."""
        found = DECLARATION.findall(parameters_cell['source'])
        return [Parameter(name, type or 'None', value, help) for name, type, value, help in found]


papermill_translators.register('typescript', TypeScriptTranslator)


class Engine(NBClientEngine):
    """papermill's default engine; it is here because an entry point has to name something."""
