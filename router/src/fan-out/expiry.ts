import type { Clock } from '../clock.ts';

/** The longest delay of Node's timers; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

interface Moment<Item> {
  readonly items: Set<Item>;
  cancel: () => void;
}

export interface Expiry<Item> {
  /** @param at ms since 1970; undefined: never */
  add(at: number | undefined, item: Item): void;
  remove(at: number | undefined, item: Item): void;
}

/** Calls `expired` for each item at its moment; one timer for all items of one moment. */
export function createExpiry<Item>(clock: Clock, expired: (item: Item) => void): Expiry<Item> {
  const moments = new Map<number, Moment<Item>>();

  function wait(at: number, moment: Moment<Item>): void {
    moment.cancel = clock.after(Math.min(Math.max(at - clock.now(), 0), LONGEST_MS), () => {
      if (clock.now() < at) wait(at, moment);
      else {
        moments.delete(at);
        for (const item of moment.items) expired(item);
      }
    });
  }

  return {
    add(at, item) {
      if (at === undefined) return;
      let moment = moments.get(at);
      if (!moment) {
        moment = { items: new Set(), cancel: () => {} };
        moments.set(at, moment);
        wait(at, moment);
      }
      moment.items.add(item);
    },
    remove(at, item) {
      const moment = at === undefined ? undefined : moments.get(at);
      if (at === undefined || !moment?.items.delete(item) || moment.items.size > 0) return;
      moment.cancel();
      moments.delete(at);
    },
  };
}
