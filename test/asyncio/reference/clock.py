"""The reference loop's clock, as the paired programs print it: seconds since the loop began, two decimals."""

import asyncio


def now():
    return f"{asyncio.get_running_loop().time():.2f}"
