# split parts a group by a test, keeping its shape.
import asyncio


async def main():
    group = ExceptionGroup("all", [ValueError("a"), ExceptionGroup("inner", [TypeError("b"), ValueError("c")]), TypeError("d")])
    print(group)
    matching, rest = group.split(ValueError)
    print(repr(matching))
    print(repr(rest))
    matching, rest = group.split(lambda error: str(error) == "b")
    print(repr(matching))
    print(repr(rest))
    print(group.split(KeyError)[0], repr(group.split((ValueError, TypeError))[1]))


asyncio.run(main())
