import type { FetchNode, ResponsePath } from '@apollo/query-planner';
import { addFetch, type Fetched, leadsTo, namesOf, sourceOf } from '../corrections/index.ts';
import type { Part } from './deferred-fragments.ts';

/** A fetch of a plan, and what must have ended before it begins. */
export interface PlacedFetch {
  readonly node: FetchNode;
  readonly path: ResponsePath;
  readonly part: Part;
  readonly after: ReadonlySet<number>;
}

/**
 * The planner may place a fetch beside the one of what its arguments take from the context, or in a deferred part that
 * does not depend on that one: it waits for it, too. A part waits for none that may be delivered later.
 */
export function waitForContext(planned: readonly PlacedFetch[]): readonly PlacedFetch[] {
  if (!planned.some(({ node }) => node.contextRewrites)) return planned;
  const selected = planned.map(fetchedBy);
  const placed = [...planned];
  planned.forEach((fetch, index) => {
    const sources = (fetch.node.contextRewrites ?? []).map((rewrite) =>
      sourceOf(rewrite, namesOf(fetch.path)),
    );
    const bringing = selected.flatMap((fetched, other) => {
      const isEarlier = (planned[other]?.part ?? 0) <= fetch.part && !before(other, placed).has(index);
      return isEarlier && sources.some((source) => leadsTo(fetched, source)) ? [other] : [];
    });
    placed[index] = { ...fetch, after: new Set([...fetch.after, ...bringing]) };
  });
  return placed;
}

export function fetchedBy({ node, path }: PlacedFetch): Fetched {
  const fetched: Fetched = new Map();
  addFetch(fetched, node, namesOf(path));
  return fetched;
}

/** A fetch and all that it waits for. */
export function before(index: number, placed: readonly PlacedFetch[]): ReadonlySet<number> {
  const found = new Set([index]);
  for (const one of found) for (const other of placed[one]?.after ?? []) found.add(other);
  return found;
}
