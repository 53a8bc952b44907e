import { createValue, type Value } from '../../../value.ts';
import { dayOf } from './format.ts';

/** Midnight is noticed this late at most, also after the computer has slept. */
const LOOK_MS = 10_000;

/** The day where the reader is, `YYYY-MM-DD`, followed over midnight. @param now milliseconds since 1970 */
export function followToday(now: () => number, later: (run: () => void, ms: number) => void): Value<string> {
  const today = createValue(dayOf(now()));
  const look = () => {
    today.set(dayOf(now()));
    later(look, LOOK_MS);
  };
  later(look, LOOK_MS);
  return today;
}
