import { useState } from 'react';

/** Where what was typed stays while someone signs in again. */
const NAME = 'airline-typed';

/** What the fields hold that are kept. */
const typed = new Map<string, unknown>();
const before = take();

/** Called before the page is left to sign in: the page that comes after it has the same in its fields. */
export function keepTyped(): void {
  sessionStorage.setItem(NAME, JSON.stringify(Object.fromEntries(typed)));
}

/** State that outlives signing in again. @param name of its own in the page */
export function useTyped<T>(name: string, initial: T): [T, (next: T) => void] {
  // This page has written it, of the same state.
  const [value, setValue] = useState<T>(() => (before[name] as T | undefined) ?? initial);
  typed.set(name, value);
  return [value, setValue];
}

/** Once only: on the next visit the fields are empty. */
function take(): Readonly<Record<string, unknown>> {
  const text = sessionStorage.getItem(NAME) ?? '{}';
  sessionStorage.removeItem(NAME);
  return JSON.parse(text);
}
