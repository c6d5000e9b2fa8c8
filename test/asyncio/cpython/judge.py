"""What the cases print with: the same text as judge.ts prints. Addresses, places and numbers of tasks are left out.

`print`, `show`, `now`, and two ways to print how something ends: `outcome` of an awaitable, `raised` by a call.
"""

import asyncio
import builtins
import re

__all__ = ["asyncio", "handler", "now", "outcome", "print", "raised", "show", "ticks"]

LEFT_OUT = [
    (r"<(?:[\w.]+\.)?(\w+) object at 0x[0-9a-f]+(?= ?[\[>{])", r"<\1"),
    (r"(?<=<)asyncio\.\w+\.", ""),
    (r" at 0x[0-9a-f]+", ""),
    (r"[\w.]*<locals>\.", ""),
    (r", defined at [^\s>\]]+:\d+", ""),
    (r" (?:created )?at [^\s>\]]+:\d+", ""),
    (r"Task-\d+", "Task-N"),
    # The reference loop's own subclass.
    (r"OrderedTimer", "TimerHandle"),
    # A JavaScript error's message is a string: see "no-message" in ../DIFFERENCES.md.
    (r"CancelledError\(''\)", "CancelledError()"),
]


def show(value):
    """The `repr` of a value, in the form that both sides can print."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(show, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{show(key)}: {show(one)}" for key, one in value.items()) + "}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = repr(value)
    if isinstance(value, str):
        return text
    for pattern, instead in LEFT_OUT:
        text = re.sub(pattern, instead, text)
    return text


def print(*values):
    builtins.print(*(value if isinstance(value, str) else show(value) for value in values))


def now():
    """The running loop's clock: seconds, at most three decimals."""
    return round(asyncio.get_running_loop().time(), 3)


async def outcome(awaitable):
    """How it ends: the `repr` of its value, or of what it raises."""
    try:
        return show(await awaitable)
    except BaseException as error:
        return show(error)


def raised(call, *args, **kwargs):
    """How a call ends: the `repr` of its value, or of what it raises."""
    try:
        return show(call(*args, **kwargs))
    except BaseException as error:
        return show(error)


async def ticks(count=1):
    """Lets so many passes of the loop go by."""
    for _ in range(count):
        await asyncio.sleep(0)


def handler(loop, context):
    """An exception handler that prints what it is told: the message, then the keys that stand in both libraries."""
    told = [key for key in ("exception", "future", "task", "handle") if key in context]
    print("handler:", re.sub(r" at [^\s>]+:\d+", "", re.sub(r"[\w.]*<locals>\.", "", context["message"])), told,
          context.get("exception"))
