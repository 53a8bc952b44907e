import { type Replicas, startReplicas } from '@airline/local/replicas';
import { services } from '@airline/schema/events';
import { present, seeded } from '@airline/testing';
import { type Observed, settleWell, watchSeats } from '../at-rest.ts';
import { bookingAt } from '../booking.ts';
import { bookConcurrently } from '../load.ts';
import { type FaultName, withFault } from '../planted-faults/faults.ts';
import { observed, SOON } from '../system.ts';
import { goWrong } from './go-wrong.ts';
import { createHistory } from './history.ts';

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
const REST_WITHIN_MS = 120_000;

const clock = ['--import', new URL('clock.preload.ts', import.meta.url).pathname];

/**
 * Customers book, cancel and read through the router while things go wrong, as the seed has it; then all is healed, and
 * every invariant must come to hold, from the outside and in the databases, with every acknowledged mutation in place.
 *
 * @throws ChaosViolation with the seed, what is wrong and the history that concerns it
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosSummary> {
  const { seed, seconds, only = /./, progress = () => {} } = options;
  const random = seeded(seed);
  const history = createHistory();
  const violation = (what: string) => new ChaosViolation(`Seed ${seed}.\n${history.report(what)}`);
  await using system = await startSystem(options);
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
  const note = (what: string) => {
    history.noteFault(what);
    progress(what);
  };
  const breaking = goWrong(system, { random, only, isOver, note });
  const load = bookConcurrently({
    booking,
    flightIds,
    customers: CUSTOMERS,
    bookingsEach: Number.POSITIVE_INFINITY,
    random,
    isOver,
    onResponse: history.note,
    timeoutMs: (seconds + 120) * 1000,
  });

  const faults = await breaking;
  const healed = performance.now();
  const acknowledged = await load;
  const wrong = await settleWell(observed(system), acknowledged, REST_WITHIN_MS).then(
    (): string[] => [],
    (error: unknown) => [error instanceof Error ? error.message : String(error)],
  );
  wrong.push(...(await deadLetters(observed(system))));
  if (wrong.length > 0) throw violation(wrong.join('\n'));
  const seen = await Promise.all(watches.map((stop) => stop()));
  for (const [index, { fewest, most }] of seen.entries()) {
    if (fewest < 0 || most > present(FLIGHT_SEATS[index], `flight ${index}`)) {
      throw violation(`flight ${flightIds[index]} showed ${fewest} to ${most} seats`);
    }
  }
  return {
    faults,
    placed: acknowledged.placed.size,
    canceled: acknowledged.canceled.size,
    restMs: performance.now() - healed,
  };
}

/** Starts the system that is to be broken. Both ways of running Redis have their turn, and both databases. */
function startSystem({ seed, replicas, plantedFault }: ChaosOptions): Promise<Replicas> {
  const planted = plantedFault && withFault(plantedFault);
  const onSqlite = seed % 3 === 0;
  return startReplicas({
    replicas: onSqlite ? 1 : replicas,
    behindProxies: true,
    withSentinels: seed % 2 === 0,
    onSqlite,
    nodeOptions: [...clock, ...(planted?.nodeOptions ?? [])],
    env: {
      ...SOON,
      PAYMENT_FAILURE_RATE: '0.05',
      PAYMENT_UNKNOWN_RATE: '0.05',
      ...planted?.env,
    },
  });
}

/** What became a dead letter, though no event is at fault for what its surroundings do. */
async function deadLetters({ select }: Observed): Promise<string[]> {
  const found = services.map(async (service) => {
    const letters = await select<object>(service, 'select stream, seq, event_type, error from dead_letter');
    return letters.map((letter) => `dead letter of ${service}: ${JSON.stringify(letter)}`);
  });
  return (await Promise.all(found)).flat();
}
