# subgroup keeps what matches, or nothing.
import asyncio


async def main():
    group = ExceptionGroup("all", [ValueError("a"), ExceptionGroup("inner", [TypeError("b")])])
    print(repr(group.subgroup(TypeError)))
    print(repr(group.subgroup(ValueError)))
    print(group.subgroup(RuntimeError))
    print(group.subgroup(Exception) is group)
    print(group.message, len(group.exceptions))


asyncio.run(main())
