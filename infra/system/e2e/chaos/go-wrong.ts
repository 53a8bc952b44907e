import { setTimeout as wait } from 'node:timers/promises';
import type { Replicas } from '@airline/local/replicas';
import { nextFault } from './faults.ts';

const FAULTS_AT_ONCE = 2;

export interface GoWrong {
  readonly random: () => number;
  /** What the names of faults match. */
  readonly only: RegExp;
  readonly isOver: () => boolean;
  readonly note: (what: string) => void;
}

/** Breaks a system, so many faults at once, until it is over and all is healed. Returns how many there were. */
export async function goWrong(system: Replicas, { random, only, isOver, note }: GoWrong): Promise<number> {
  // What is broken at present cannot break again before it is healed.
  const hit = new Set<string>();
  let count = 0;

  /** Each is healed before the next. */
  async function oneAfterTheOther(): Promise<void> {
    while (!isOver()) {
      await wait(random() * 1500);
      const fault = nextFault(system, random, only);
      const lasts = 200 + random() * 5000;
      if (fault.targets.some((target) => hit.has(target))) continue;
      for (const target of fault.targets) hit.add(target);
      note(`${fault.name}, for ${(lasts / 1000).toFixed(1)} s`);
      const what = await fault.begin();
      if (typeof what === 'string') note(`  ${what}`);
      await wait(lasts);
      await fault.heal();
      for (const target of fault.targets) hit.delete(target);
      count += 1;
    }
  }

  await Promise.all(Array.from({ length: FAULTS_AT_ONCE }, oneAfterTheOther));
  return count;
}
