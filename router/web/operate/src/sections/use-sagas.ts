import { useEffect, useState } from 'react';
import type { Problem } from '#desk/data/problem.ts';
import { sagasOperation } from '../data/operations.ts';
import type { Page, Reservation } from '../data/rows.ts';
import { useOperating } from '../operating.ts';
import { filterOf, type Wish } from './saga-search.tsx';

/** The reservations that are looked for, page by page, the newest first. */
export function useSagas({ reference, customer, status, age }: Wish) {
  const { graph } = useOperating();
  const [found, setFound] = useState<readonly Reservation[]>();
  const [page, setPage] = useState<Page<Reservation>['pageInfo']>();
  const [problem, setProblem] = useState<Problem>();
  const [isAsking, setIsAsking] = useState(true);
  const [searches, setSearches] = useState(0);

  async function find(before?: string, isOver = () => false): Promise<void> {
    setIsAsking(true);
    const { data, problem } = await graph.query(sagasOperation, {
      filter: filterOf({ reference, customer, status, age }),
      before,
    });
    if (isOver()) return;
    setIsAsking(false);
    setProblem(problem);
    if (!data) return;
    // The last of them come in the order of their ids, the newest at the end.
    const newest = data.reservations.nodes.toReversed();
    setFound((known) => (before === undefined ? newest : [...(known ?? []), ...newest]));
    setPage(data.reservations.pageInfo);
  }

  // What is looked for, and each time that somebody does.
  useEffect(() => {
    let isOver = false;
    void find(undefined, () => isOver);
    return () => {
      isOver = true;
    };
  }, [reference, customer, status, age, searches]);

  return {
    found,
    problem,
    isAsking,
    /** Undefined where there are no more. */
    more: page?.hasPreviousPage ? () => void find(page.startCursor ?? undefined) : undefined,
    again: () => setSearches((count) => count + 1),
  };
}
