# Coroutine methods see their object.
import asyncio


class Account:
    def __init__(self, balance):
        self.balance = balance

    async def deposit(self, amount):
        before = self.balance
        await asyncio.sleep(1)
        self.balance = before + amount
        return self.balance


async def main():
    account = Account(100)
    print(await asyncio.gather(account.deposit(10), account.deposit(20)))
    print(account.balance, "one deposit is lost")
    print(await account.deposit(5))


asyncio.run(main())
