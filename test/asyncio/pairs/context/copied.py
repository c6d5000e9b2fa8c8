# A copied context is a world of its own.
import asyncio
from contextvars import ContextVar, copy_context


word = ContextVar("word", default="none")


def change():
    word.set("changed")
    return word.get()


async def main():
    word.set("original")
    copy = copy_context()
    print(copy.run(change), word.get(), copy.get(word))
    task = asyncio.create_task(say(), context=copy)
    await task
    print(word.get(), copy.get(word))


async def say():
    print("task sees", word.get())
    word.set("by the task")


asyncio.run(main())
