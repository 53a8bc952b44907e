import type { Fetched } from './kind.ts';
import { createLoader } from './loader.ts';
import type { Problem } from './problem.ts';
import { throttled } from './throttled.ts';

interface Sought<Query> {
  readonly query: Query;
  /** Of the query that was found last; undefined until it is known. */
  readonly total: number | undefined;
  readonly isSearching: boolean;
}

interface SoughtOptions {
  readonly later: (run: () => void, ms: number) => void;
  /** Called when another number is known. */
  readonly touch: () => void;
}

/** What a list searches for, and how many of it there are. @param count asks the server */
export function createSought<Query>(
  first: Query,
  count: (query: Query) => Promise<Fetched<unknown>>,
  { later, touch }: SoughtOptions,
) {
  let sought: Sought<Query> = { query: first, total: undefined, isSearching: false };

  async function load(): Promise<Problem | undefined> {
    const { query } = sought;
    const { page, problem } = await count(query);
    if (page && query === sought.query && !sought.isSearching) sought = { ...sought, total: page.totalCount };
    touch();
    return problem;
  }

  const counter = createLoader({ load, later });
  const request = throttled(counter.request, later);
  return {
    get: () => sought,
    query: () => sought.query,
    /** Returns whether that is something else. */
    search(query: Query): boolean {
      if (JSON.stringify(query) === JSON.stringify(sought.query)) return false;
      sought = { ...sought, query, isSearching: true };
      return true;
    },
    isFound: () => sought.total !== undefined && !sought.isSearching,
    /** @param total as of the request @param areMissed whether rows have come since */
    found(total: number | undefined, areMissed: boolean): void {
      sought = { ...sought, total, isSearching: false };
      if (areMissed) request();
    },
    /** Counts again what was counted before. */
    recount(): void {
      if (sought.total !== undefined) request();
    },
    stop: counter.stop,
  };
}
