import { createContext, use } from 'react';
import type { Announcer } from '#desk/app/announcer.ts';
import type { Graph } from '#desk/data/graph.ts';
import type { Poll } from './data/poll.ts';
import type { RouterReport, Service } from './data/rows.ts';

/** What the sections of this page share. */
export interface Operating {
  readonly graph: Graph;
  readonly announcer: Announcer;
  readonly router: Poll<RouterReport>;
  /** Of a service, from when it is first asked for. */
  readonly serviceOf: (name: string) => Poll<Service>;
  /** Where a trace is looked at, with `{traceId}` in place of its id; null where nobody has said. */
  readonly traceUrl: string | null;
}

export const OperatingContext = createContext<Operating | undefined>(undefined);

export function useOperating(): Operating {
  const operating = use(OperatingContext);
  if (!operating) throw new Error('There is no <OperatingContext> above.');
  return operating;
}
