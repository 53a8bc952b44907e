import { createContext, use, useCallback, useEffect, useReducer, useRef, useSyncExternalStore } from 'react';
import type { May } from '../../../sign-in/may.ts';
import type { Session } from '../../../sign-in/session.ts';
import type { Value } from '../../../value.ts';
import type { Connection } from '../data/connection.ts';
import type { Graph } from '../data/graph.ts';
import type { HeldUp } from '../data/held-up.ts';
import type { Live } from '../data/live.ts';
import type { Entry } from '../data/rows.ts';
import type { Away } from '../data/services-away.ts';
import type { Store } from '../data/store.ts';
import type { Table } from '../data/table.ts';
import type { Announcer } from './announcer.ts';

/** What the page's sections share. */
export interface Services {
  readonly graph: Graph;
  readonly store: Store;
  readonly live: Live;
  readonly connection: Value<Connection>;
  /** Services that do not respond. */
  readonly away: Value<Away>;
  readonly heldUp: HeldUp;
  readonly session: Session;
  /** What the page offers to whoever has signed in. */
  readonly may: May;
  readonly announcer: Announcer;
  /** `YYYY-MM-DD` where the reader is. */
  readonly today: Value<string>;
  readonly later: (run: () => void, ms: number) => void;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('There is no <ServicesContext> above.');
  return services;
}

/** Who has signed in; also on pages that have no other of these services. */
export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no <SessionContext> above.');
  return session;
}

export const useValue = <T>({ follow, get }: Pick<Value<T>, 'follow' | 'get'>): T =>
  useSyncExternalStore(follow, get);

/** One row, drawn again when it changes. */
export function useRow<Row extends object>(table: Table<Row>, id: string): Entry<Row> | undefined {
  const follow = useCallback((listener: () => void) => table.followRow(id, listener), [table, id]);
  return useSyncExternalStore(follow, () => table.get(id));
}

const LIT_MS = 1_600;

/** Whether something was pushed in the last moments. @param pushedAt as of `performance.now()` */
export function useLit(pushedAt: number | undefined): boolean {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const isLit = pushedAt !== undefined && performance.now() - pushedAt < LIT_MS;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (pushedAt === undefined) return;
    const left = LIT_MS - (performance.now() - pushedAt);
    if (left <= 0) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(draw, left);
    return () => clearTimeout(timer.current);
  }, [pushedAt]);
  return isLit;
}
