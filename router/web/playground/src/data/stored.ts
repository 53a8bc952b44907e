import { createValue, type Value } from '../../../value.ts';

const PREFIX = 'airline-playground-';

/** A value that outlives the page, in this browser alone; where the browser keeps nothing it lasts as long as the page. */
export function storedValue<T>(name: string, initial: T, isOne: (stored: unknown) => stored is T): Value<T> {
  const value = createValue(read(name, isOne) ?? initial);
  return {
    ...value,
    set: (next) => {
      value.set(next);
      try {
        localStorage.setItem(PREFIX + name, JSON.stringify(next));
      } catch {
        // Nothing is kept, or no more.
      }
    },
  };
}

function read<T>(name: string, isOne: (stored: unknown) => stored is T): T | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
    return isOne(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
