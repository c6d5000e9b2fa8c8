// Coroutine methods see their object.
import { coroutine, gather, run, sleep } from 'cokernel';
import { print } from '../show.ts';

class Account {
  balance: number;

  constructor(balance: number) {
    this.balance = balance;
  }

  deposit = coroutine(async (amount: number) => {
    const before = this.balance;
    await sleep(1);
    this.balance = before + amount;
    return this.balance;
  });
}

const main = coroutine(async () => {
  const account = new Account(100);
  print(await gather(account.deposit(10), account.deposit(20)));
  print(account.balance, 'one deposit is lost');
  print(await account.deposit(5));
});

await run(main());
