import { useCallback, useState } from 'react';
import { createValue } from '../../../value.ts';
import { useValue } from './context.ts';
import { laidOver } from './restored.ts';

/** Where what was typed stays while someone signs in again. */
const NAME = 'airline-typed';

/** By the page before this one, which may be of a release with other states. */
const kept = take();
/** What the fields hold that were changed on this page. */
const typed = createValue<Readonly<Record<string, unknown>>>({});

/** Called before the page is left to sign in: the page that comes after it has the same in its fields. */
export function keepTyped(): void {
  sessionStorage.setItem(NAME, JSON.stringify({ ...kept, ...typed.get() }));
}

/**
 * State that outlives a look at another page, and signing in again. What a page that was left sets late, the one that is
 * drawn has, too.
 * @param name of its own in the page
 * @param isKind whether what was kept is one, where the initial value does not say it (null, undefined, a list)
 */
export function useTyped<T>(
  name: string,
  initial: T,
  isKind?: (kept: unknown) => kept is T,
): [T, (next: T) => void, () => T] {
  const [first] = useState(() => (isKind?.(kept[name]) ? kept[name] : laidOver(initial, kept[name])));
  const now = useCallback((): T => {
    const all = typed.get();
    return name in all ? (all[name] as T) : first;
  }, [name, first]);
  const set = useCallback((next: T) => typed.set({ ...typed.get(), [name]: next }), [name]);
  return [useValue({ follow: typed.follow, get: now }), set, now];
}

/** Once only: on the next visit the fields are empty. */
function take(): Readonly<Record<string, unknown>> {
  const text = sessionStorage.getItem(NAME) ?? '{}';
  sessionStorage.removeItem(NAME);
  return JSON.parse(text);
}
