import type { Session } from '../../../sign-in/session.ts';
import { createValue, type Value } from '../../../value.ts';
import type { Exchange } from './exchange.ts';
import { type Library, openLibrary } from './library.ts';
import type { Notice } from './notices.ts';
import { storedValue } from './stored.ts';

/** What the page's parts share. */
export interface Workspace {
  /** `http(s)://…/graphql`; subscriptions go to the same address over a WebSocket. */
  readonly graphUrl: URL;
  /** On whose behalf operations run that have no token of their own. */
  readonly session: Session;
  /** Where a trace is looked at, with `{traceId}` in place of its id; null where nobody has said. */
  readonly traceUrl: string | null;
  readonly library: Library;
  /** The last one of each tab, by the tab's id. */
  readonly exchanges: Value<ReadonlyMap<string, Exchange>>;
  /** The id of the active tab. */
  readonly tab: Value<string>;
  /** The number of the last event that is listed while a subscription is paused; undefined while it is not. */
  readonly pausedAt: Value<number | undefined>;
  /** Whether plans are asked for. */
  readonly asksForPlans: Value<boolean>;
  /** What holds at present. */
  readonly notices: Value<readonly Notice[]>;
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

export function createWorkspace(given: Pick<Workspace, 'graphUrl' | 'session' | 'traceUrl'>): Workspace {
  return {
    ...given,
    library: openLibrary(),
    exchanges: createValue<ReadonlyMap<string, Exchange>>(new Map()),
    tab: createValue(''),
    pausedAt: createValue<number | undefined>(undefined),
    asksForPlans: storedValue<boolean>('plans', true, isBoolean),
    notices: createValue<readonly Notice[]>([]),
  };
}
