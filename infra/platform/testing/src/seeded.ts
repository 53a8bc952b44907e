import { present } from './present.ts';

/** Numbers from 0 (included) to 1 (excluded) that depend on the seed alone: Mulberry32, by Tommy Ettinger. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the items, as `random` (from 0, below 1) has it. */
export const pick = <Item>(items: readonly Item[], random: () => number): Item =>
  present(items[Math.floor(random() * items.length)], 'item to pick');
