// Every primitive of the library at work. Each scenario is made so that whatever is terminated, all others come to
// their end; what they may lose along with the one that was killed is said where it is checked.

import { blocks } from './scenes-blocks.ts';
import { bridges } from './scenes-bridges.ts';
import { queues } from './scenes-queues.ts';
import { shared } from './scenes-shared.ts';
import { time } from './scenes-time.ts';
import { waits } from './scenes-waits.ts';
import type { Stage } from './stage.ts';

export const scenarios: Readonly<Record<string, (stage: Stage) => void>> = {
  ...time,
  ...shared,
  ...queues,
  ...waits,
  ...blocks,
  ...bridges,
};
