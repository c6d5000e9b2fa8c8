# A token takes a variable back to what it was; one without value or default raises.
import asyncio
from contextvars import ContextVar


plain = ContextVar("plain")


async def main():
    try:
        plain.get()
    except LookupError as error:
        print(type(error).__name__)
    print(plain.get("given"))
    first = plain.set("first")
    second = plain.set("second")
    print(plain.get())
    plain.reset(second)
    print(plain.get())
    plain.reset(first)
    print(plain.get("nothing again"))
    try:
        plain.reset(first)
    except RuntimeError as error:
        print(type(error).__name__)


asyncio.run(main())
