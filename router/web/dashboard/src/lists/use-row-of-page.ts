import { useEffect, useState } from 'react';
import { useRow, useServices } from '../app/context.ts';
import type { GraphResult } from '../data/graph.ts';
import { createLoader, type Loader } from '../data/loader.ts';
import { isOfNothing } from '../data/problem.ts';
import type { Table } from '../data/table.ts';

/**
 * The one row that a page is about, loaded and kept up to date.
 * @param request of the row, which is null where there is none
 */
export function useRowOfPage<Row extends object>(
  table: Table<Row>,
  id: string,
  request: () => Promise<GraphResult<Row | null>>,
): { loader: Loader; row: Row | undefined; isMissing: boolean } {
  const { live, store, later } = useServices();
  const [isMissing, setIsMissing] = useState(false);
  const row = useRow(table, id)?.row;
  const [loader] = useState(() =>
    createLoader({
      later,
      load: async () => {
        const asOf = live.ticks.next();
        const { data, problem } = await table.read(request);
        if (problem && !isOfNothing(problem)) return problem;
        setIsMissing(!data);
        if (data) table.put(data, asOf);
        store.touch();
        return undefined;
      },
    }),
  );
  useEffect(() => live.followLoader(table, loader), [live, table, loader]);
  return { loader, row, isMissing: isMissing && row === undefined };
}
