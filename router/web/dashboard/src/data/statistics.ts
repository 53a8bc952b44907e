import { createValue, type Value } from '../../../value.ts';
import { StatisticsDocument, type StatisticsQuery } from '../generated/graphql.ts';
import type { Graph } from './graph.ts';
import { createLoader, type Loader } from './loader.ts';
import { untilSettled } from './throttled.ts';

export type Statistics = StatisticsQuery['statistics'];
type Minute = Statistics['minutes'][number];

/** Figures of all bookings, as the dashboard service counts them. */
export interface Figures {
  readonly loader: Loader;
  /** Undefined until they are there. */
  readonly value: Value<Statistics | undefined>;
  /** To be called when something was pushed: they have changed, or will. */
  pushed(): void;
}

interface FiguresOptions {
  readonly graph: Graph;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
}

const MINUTE_MS = 60_000;

export function createFigures({ graph, now, later }: FiguresOptions): Figures {
  const value = createValue<Statistics | undefined>(undefined);
  let loads = 0;

  const loader = createLoader({
    later,
    load: async () => {
      const { data, problem } = await graph.query(StatisticsDocument, {});
      if (!data) return problem;
      value.set(data.statistics);
      loads += 1;
      leaveWindow(data.statistics, now());
      return undefined;
    },
  });

  /** Reads them again when a minute in which something happened is no longer among the last ones. */
  function leaveWindow({ minutes }: Statistics, readAt: number): void {
    const load = loads;
    const leaving = minutes.findIndex(({ placed, succeeded, canceled }) => placed + succeeded + canceled > 0);
    if (leaving === -1) return;
    later(
      () => {
        if (load === loads) loader.request();
      },
      (leaving + 1) * MINUTE_MS - (readAt % MINUTE_MS),
    );
  }

  return { loader, value, pushed: untilSettled(loader.request, later) };
}

/** The last minutes as they are now: those that have begun since they were read are empty, or another push would have come. */
export function minutesUntil(minutes: readonly Minute[], now: number): readonly Minute[] {
  const last = Date.parse(minutes.at(-1)?.at ?? '');
  const passed = Math.floor((now - last) / MINUTE_MS);
  if (!(passed > 0)) return minutes;
  return minutes.map((_, index) => {
    const known = minutes[index + passed];
    if (known) return known;
    const at = new Date(last + (index + 1 + passed - minutes.length) * MINUTE_MS).toISOString();
    return { at, placed: 0, succeeded: 0, canceled: 0 };
  });
}
