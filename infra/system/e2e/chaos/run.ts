import { setTimeout as wait } from 'node:timers/promises';
import { type Replicas, startReplicas } from '@airline/local/replicas';
import { services } from '@airline/schema/events';
import { present, seeded } from '@airline/testing';
import { type Observed, settleWell, watchSeats } from '../at-rest.ts';
import { bookingAt } from '../booking.ts';
import { bookConcurrently } from '../load.ts';
import { type FaultName, withFault } from '../planted-faults/faults.ts';
import { observed, SOON } from '../system.ts';
import { nextFault } from './faults.ts';

export interface ChaosOptions {
  readonly seed: number;
  /** How long things go wrong. */
  readonly seconds: number;
  /** Processes per service; one on SQLite. */
  readonly replicas: number;
  /** What the names of faults match; default: all. */
  readonly only?: RegExp;
  /** A fault of the code, which the run must find. */
  readonly plantedFault?: FaultName;
  /** Receives faults as they happen. */
  readonly progress?: (what: string) => void;
}

/** What a run without a violation did. */
export interface ChaosSummary {
  readonly faults: number;
  readonly placed: number;
  readonly canceled: number;
  /** From the end of the faults until all was at rest. */
  readonly restMs: number;
}

/** What is wrong after a run, and what led to it. */
export class ChaosViolation extends Error {
  override name = 'ChaosViolation';
}

const CUSTOMERS = 12;
const FLIGHT_SEATS = [200, 60, 15];
const FAULTS_AT_ONCE = 2;
const REST_WITHIN_MS = 120_000;

const clock = ['--import', new URL('clock.preload.ts', import.meta.url).pathname];

/**
 * Customers book, cancel and read through the router while things go wrong, as the seed has it; then all is healed, and
 * every invariant must come to hold, from the outside and in the databases, with every acknowledged mutation in place.
 *
 * @throws ChaosViolation with the seed, what is wrong and the history that concerns it
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosSummary> {
  const { seed, seconds, replicas, only = /./, plantedFault, progress = () => {} } = options;
  const planted = plantedFault && withFault(plantedFault);
  const random = seeded(seed);
  const history: string[] = [];
  const begun = performance.now();
  const note = (what: string) => {
    history.push(`${((performance.now() - begun) / 1000).toFixed(2).padStart(7)} s  ${what}`);
  };

  // Both ways of running Redis have their turn, and both databases.
  const withSentinels = seed % 2 === 0;
  const onSqlite = seed % 3 === 0;
  await using system = await startReplicas({
    replicas: onSqlite ? 1 : replicas,
    behindProxies: true,
    withSentinels,
    onSqlite,
    nodeOptions: [...clock, ...(planted?.nodeOptions ?? [])],
    env: {
      ...SOON,
      PAYMENT_FAILURE_RATE: '0.05',
      PAYMENT_UNKNOWN_RATE: '0.05',
      ...planted?.env,
    },
  });
  const booking = bookingAt(system.url);
  const flightIds = await Promise.all(FLIGHT_SEATS.map((seats) => booking.registerFlight(seats)));
  await using watching = new AsyncDisposableStack();
  const watches = flightIds.map((id) => {
    const stop = watchSeats(system.url, id);
    watching.defer(async () => void (await stop()));
    return stop;
  });

  const end = performance.now() + seconds * 1000;
  const isOver = () => performance.now() > end;
  const hit = new Set<string>();
  const record = (what: string) => {
    note(`!! ${what}`);
    progress(what);
  };
  const faults = Array.from({ length: FAULTS_AT_ONCE }, () =>
    goWrong(system, { random, only, isOver, hit, note: record }),
  );
  const load = bookConcurrently({
    booking,
    flightIds,
    customers: CUSTOMERS,
    bookingsEach: Number.POSITIVE_INFINITY,
    random,
    isOver,
    onResponse: note,
    timeoutMs: (seconds + 120) * 1000,
  });

  const count = (await Promise.all(faults)).reduce((sum, each) => sum + each, 0);
  const healed = performance.now();
  const acknowledged = await load;
  const wrong = await settleWell(observed(system), acknowledged, REST_WITHIN_MS).then(
    (): string[] => [],
    (error: unknown) => [error instanceof Error ? error.message : String(error)],
  );
  wrong.push(...(await deadLetters(observed(system))));
  if (wrong.length > 0) throw new ChaosViolation(report(seed, wrong.join('\n'), history));
  const seen = await Promise.all(watches.map((stop) => stop()));
  for (const [index, { fewest, most }] of seen.entries()) {
    if (fewest < 0 || most > present(FLIGHT_SEATS[index], `flight ${index}`)) {
      throw new ChaosViolation(
        report(seed, `flight ${flightIds[index]} showed ${fewest} to ${most} seats`, history),
      );
    }
  }
  return {
    faults: count,
    placed: acknowledged.placed.size,
    canceled: acknowledged.canceled.size,
    restMs: performance.now() - healed,
  };
}

/** What became a dead letter, though no event is at fault for what its surroundings do. */
async function deadLetters({ select }: Observed): Promise<string[]> {
  const found = services.map(async (service) => {
    const letters = await select<object>(service, 'select stream, seq, event_type, error from dead_letter');
    return letters.map((letter) => `dead letter of ${service}: ${JSON.stringify(letter)}`);
  });
  return (await Promise.all(found)).flat();
}

interface GoWrong {
  readonly random: () => number;
  readonly only: RegExp;
  readonly isOver: () => boolean;
  readonly note: (what: string) => void;
  /** What is broken at present: it cannot break again before it is healed. */
  readonly hit: Set<string>;
}

/** One fault after the other; each is healed before the next. Returns how many there were. */
async function goWrong(system: Replicas, { random, only, isOver, note, hit }: GoWrong): Promise<number> {
  let count = 0;
  while (!isOver()) {
    await wait(random() * 1500);
    const fault = nextFault(system, random, only);
    const lasts = 200 + random() * 5000;
    if (fault.targets.some((target) => hit.has(target))) continue;
    for (const target of fault.targets) hit.add(target);
    note(`${fault.name}, for ${(lasts / 1000).toFixed(1)} s`);
    const what = await fault.begin();
    if (typeof what === 'string') note(`  ${what}`);
    await wait(lasts);
    await fault.heal();
    for (const target of fault.targets) hit.delete(target);
    count += 1;
  }
  return count;
}

/** The seed, what is wrong, all faults, and of the rest what speaks of the ids that are named. */
function report(seed: number, what: string, history: readonly string[]): string {
  const ids = new Set(what.match(/[0-9a-f]{8}-[0-9a-f-]{27}|customer-\d+/g));
  const concerned = history.filter((line) => line.includes('!!') || [...ids].some((id) => line.includes(id)));
  return `Seed ${seed}.\n${what}\n\nHistory (faults, and what concerns these ids):\n${concerned.join('\n')}`;
}
