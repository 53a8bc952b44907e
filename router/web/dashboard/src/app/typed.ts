import { useCallback, useRef } from 'react';
import { createValue } from '../../../value.ts';
import { useValue } from './context.ts';

/** Where what was typed stays while someone signs in again. */
const NAME = 'airline-typed';

/** What the fields hold that are kept. This page has written it, of the same states. */
const typed = createValue<Readonly<Record<string, unknown>>>(take());

/** Called before the page is left to sign in: the page that comes after it has the same in its fields. */
export function keepTyped(): void {
  sessionStorage.setItem(NAME, JSON.stringify(typed.get()));
}

/**
 * State that outlives a look at another page, and signing in again. What a page that was left sets late, the one that is
 * drawn has, too.
 * @param name of its own in the page
 */
export function useTyped<T>(name: string, initial: T): [T, (next: T) => void, () => T] {
  const first = useRef(initial);
  const now = useCallback((): T => {
    const all = typed.get();
    return name in all ? (all[name] as T) : first.current;
  }, [name]);
  const set = useCallback((next: T) => typed.set({ ...typed.get(), [name]: next }), [name]);
  return [useValue({ follow: typed.follow, get: now }), set, now];
}

/** Once only: on the next visit the fields are empty. */
function take(): Readonly<Record<string, unknown>> {
  const text = sessionStorage.getItem(NAME) ?? '{}';
  sessionStorage.removeItem(NAME);
  return JSON.parse(text);
}
