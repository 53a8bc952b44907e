import { useCallback, useState } from 'react';

/** Where what was typed stays while someone signs in again. */
const NAME = 'airline-typed';

/** What the fields hold that are kept. This page has written it, of the same states. */
const typed = new Map<string, unknown>(Object.entries(take()));

/** Called before the page is left to sign in: the page that comes after it has the same in its fields. */
export function keepTyped(): void {
  sessionStorage.setItem(NAME, JSON.stringify(Object.fromEntries(typed)));
}

/** State that outlives a look at another page, and signing in again. @param name of its own in the page */
export function useTyped<T>(name: string, initial: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => (typed.has(name) ? (typed.get(name) as T) : initial));
  const set = useCallback(
    (next: T) => {
      typed.set(name, next);
      setValue(next);
    },
    [name],
  );
  return [value, set];
}

/** Once only: on the next visit the fields are empty. */
function take(): Readonly<Record<string, unknown>> {
  const text = sessionStorage.getItem(NAME) ?? '{}';
  sessionStorage.removeItem(NAME);
  return JSON.parse(text);
}
