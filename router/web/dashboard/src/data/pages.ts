import type { Fetched, Page } from './kind.ts';
import { mayPass, type Problem } from './problem.ts';
import type { Reading } from './shown.ts';

interface PagesOptions<Row> {
  readonly fetch: (cursor: string | undefined) => Promise<Fetched<Row>>;
  /** Called before pages are requested. */
  readonly begin: () => void;
  readonly came: (pages: readonly Page<Row>[], reading: Reading) => void;
  readonly later: (run: () => void, ms: number) => void;
}

const RETRY_MS = 2_000;

/** The pages of a list, each of which is asked for by the cursor of the one before: a next one follows the first ones that were read last, and no others. */
export function createPages<Row>({ fetch, begin, came, later }: PagesOptions<Row>) {
  /** Counts reads of the first pages, so that a response to one that is over is known. */
  let reads = 0;
  let next: string | undefined;
  let isReading = false;
  let isReadingMore = false;
  /** The next page was asked for while the first ones were read again. */
  let isMoreDue = false;
  let isStopped = false;

  /** Reads so many of the first ones, or as many as there are; returns why they could not be read. */
  async function load(wanted: number, reading: Reading): Promise<Problem | undefined> {
    reads += 1;
    const read = reads;
    isReading = true;
    begin();
    const { pages, problem } = await firstPages(fetch, wanted, () => read !== reads);
    if (read !== reads) return undefined;
    isReading = false;
    if (problem) return problem;
    next = pages.at(-1)?.next;
    came(pages, reading);
    if (isMoreDue) more();
    return undefined;
  }

  async function loadMore(): Promise<void> {
    const read = reads;
    isReadingMore = true;
    begin();
    const { page, problem } = await fetch(next);
    isReadingMore = false;
    // Once the first pages are read again, this one may not follow them.
    if (isStopped) return;
    if (read !== reads) return more();
    if (page) {
      next = page.next;
      came([page], 'more');
    } else if (mayPass(problem)) later(more, RETRY_MS);
  }

  function more(): void {
    isMoreDue = isReading;
    if (next !== undefined && !isReadingMore && !isReading && !isStopped) void loadMore();
  }

  return {
    hasMore: () => next !== undefined,
    load,
    /** Reads the next one. */
    more,
    /** Has no next one until the first ones are read again. */
    forget(): void {
      next = undefined;
      isMoreDue = false;
    },
    stop(): void {
      isStopped = true;
    },
  };
}

async function firstPages<Row>(
  fetch: PagesOptions<Row>['fetch'],
  wanted: number,
  isOver: () => boolean,
): Promise<{ readonly pages: readonly Page<Row>[]; readonly problem?: Problem }> {
  const pages: Page<Row>[] = [];
  do {
    const { page, problem } = await fetch(pages.at(-1)?.next);
    if (problem) return { pages, problem };
    pages.push(page);
  } while (!isOver() && pages.at(-1)?.next !== undefined && pages.length < wanted);
  return { pages };
}
