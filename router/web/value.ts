/** One value that others follow. */
export interface Value<T> {
  readonly get: () => T;
  readonly set: (next: T) => void;
  /** Returns how to stop. */
  readonly follow: (listener: () => void) => () => void;
}

export function createValue<T>(initial: T): Value<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
