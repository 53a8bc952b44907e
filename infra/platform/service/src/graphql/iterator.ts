/**
 * An async iterator whose `return` takes effect at once: that of an async generator waits for a pending `next`.
 *
 * @param end called by `return`
 */
export function iterator<Item>(
  next: () => Promise<IteratorResult<Item, undefined>>,
  end: () => unknown = () => {},
): AsyncIterableIterator<Item, undefined> {
  const results: AsyncIterableIterator<Item, undefined> = {
    next,
    return: async () => {
      await end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => results,
  };
  return results;
}
