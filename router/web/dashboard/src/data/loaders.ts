import type { Loader } from './loader.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders of what is shown, by the table whose pushes they may have missed. They load once they are started. */
export function createLoaders() {
  const byTable = new Map<unknown, Set<Loader>>();
  const all = () => [...byTable.values()].flatMap((each) => [...each]);
  let isStarted = false;

  function of(table: unknown): Set<Loader> {
    const known = byTable.get(table) ?? new Set();
    byTable.set(table, known);
    return known;
  }

  return {
    of,
    /** Returns how to leave. */
    follow(table: unknown, loader: Loader): () => void {
      of(table).add(loader);
      if (isStarted) loader.request();
      return () => {
        of(table).delete(loader);
        loader.stop();
      };
    },
    /** Loads what was not loaded yet. */
    start(): void {
      isStarted = true;
      for (const loader of all()) if (loader.state.get().phase === 'loading') loader.request();
    },
    /** Loads what could not be loaded before; the rest is requested by its stream. */
    retry(): void {
      isStarted = true;
      for (const loader of all()) loader.retry();
    },
  };
}
