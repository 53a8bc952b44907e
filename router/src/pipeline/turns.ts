/**
 * Lets documents that are not known be read one at a time, clients in turn. To parse, validate and plan one takes the event
 * loop for tens of milliseconds: what else it has to do comes between any two.
 * @returns what resolves when it is the turn of a client's next document, which is then to be read at once
 */
export function createTurns(): (source: string) => Promise<void> {
  /** By client; whose turn comes next is first. */
  const waiting = new Map<string, (() => void)[]>();

  function next(): void {
    const [first] = waiting;
    if (!first) return;
    const [source, [resolve, ...others]] = first;
    waiting.delete(source);
    if (others.length > 0) waiting.set(source, others);
    resolve?.();
    if (waiting.size > 0) setImmediate(next);
  }

  return (source) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (waiting.size === 0) setImmediate(next);
    waiting.set(source, [...(waiting.get(source) ?? []), resolve]);
    return promise;
  };
}
