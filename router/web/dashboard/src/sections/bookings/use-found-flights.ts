import { useCallback, useEffect, useState } from 'react';
import { useServices } from '../../app/context.ts';

import type { Flight } from '../../data/rows.ts';

const MOST_SHOWN = 8;
const TYPING_MS = 150;
const DAY_MS = 86_400_000;

const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);

/** Flights whose code begins like what is typed: of this very code, then the next to depart, then those that departed last. @param typed undefined: nobody looks */
export function useFoundFlights(typed: string | undefined) {
  const { store, live, today } = useServices();
  const [found, setFound] = useState<{ readonly of: string; readonly rows: readonly Flight[] }>();

  const search = useCallback(
    async (prefix: string): Promise<readonly Flight[]> => {
      const flightCodePrefix = prefix.trim();
      const { fetch } = live.kinds.flights;
      const code = flightCodePrefix === '' ? {} : { flightCodePrefix };
      const asOf = live.ticks.next();
      const pages = await store.flights.read(() =>
        Promise.all([
          fetch(
            { filter: { ...code, takeoffDateFrom: today.get() }, order: 'DEPARTURE', isDescending: false },
            undefined,
            MOST_SHOWN,
          ),
          fetch(
            {
              filter: { ...code, takeoffDateTo: dayBefore(today.get()) },
              order: 'DEPARTURE',
              isDescending: true,
            },
            undefined,
            MOST_SHOWN,
          ),
        ]),
      );
      const isMeant = ({ flightCode }: Flight) =>
        Number(flightCode.toUpperCase() === flightCodePrefix.toUpperCase());
      const rows = pages
        .flatMap(({ page }) => page?.rows ?? [])
        .sort((one, other) => isMeant(other) - isMeant(one))
        .slice(0, MOST_SHOWN);
      for (const row of rows) store.flights.put(row, asOf);
      store.touch();
      return rows;
    },
    [store, live, today],
  );

  useEffect(() => {
    if (typed === undefined) return setFound(undefined);
    let isOver = false;
    const timer = setTimeout(
      async () => {
        const rows = await search(typed);
        if (!isOver) setFound({ of: typed, rows });
      },
      typed === '' ? 0 : TYPING_MS,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [typed, search]);

  return { found: found?.of === typed ? (found?.rows ?? []) : [], isSearching: found?.of !== typed, search };
}
