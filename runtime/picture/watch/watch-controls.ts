// A menu of the tasks and a button that cancels the chosen one, as widgets: for a page that reaches the kernel only by them.

import type { Task } from '../../asyncio/engine/task.ts';
import { row } from '../../widgets/controls/boxes.ts';
import { button } from '../../widgets/controls/button.ts';
import { select } from '../../widgets/controls/choices.ts';
import { host } from '../record/picture-host.ts';

/** What stands for a task in the menu. */
interface Choice {
  readonly task: Task<unknown>;
  toString(): string;
}

/** The menu and its button. */
export interface WatchControls {
  /** The tasks that can be cancelled now. */
  update(tasks: readonly Task<unknown>[]): void;
  end(): void;
}

/** Shows them. `why` is the message of the cancellation. */
export function watchControls(why: string): WatchControls {
  const choices = new WeakMap<Task<unknown>, Choice>();
  const choiceOf = (task: Task<unknown>): Choice => {
    const choice = choices.get(task) ?? { task, toString: () => task.getName() };
    choices.set(task, choice);
    return choice;
  };
  const menu = select<Choice>({ label: 'task', options: [] });
  const cancel = button({ label: 'Cancel', disabled: true });
  cancel.on('click', () => void menu.value?.task.cancel(why));
  host().show(row([menu, cancel]));
  return {
    update(tasks) {
      const options = tasks.map(choiceOf);
      if (options.length === menu.options.length && options.every((one, at) => one === menu.options[at])) return;
      menu.options = options;
      cancel.disabled = options.length === 0;
    },
    end() {
      menu.disabled = cancel.disabled = true;
    },
  };
}
