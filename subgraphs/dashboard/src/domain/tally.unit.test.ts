import type { Reaction as StoreReaction } from '@airline/database';
import { cancelReasons } from '@airline/schema/events';
import { happened } from '@airline/testing/scenario';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { given } from '../dashboard.fixture.ts';
import { policies } from '../policies/index.ts';
import { figuresOf } from './figures.ts';
import type { DashboardState, Known } from './model.ts';
import { sagaStep } from './saga-step.ts';
import { minuteOf, talliedBy, withTally } from './tally.ts';

type Reaction = StoreReaction<DashboardState>;
type Rows = ReturnType<typeof given>['rows'];

const START = Date.parse('2024-11-21T10:00:00.000Z');
const at = (second: number) => new Date(START + second * 1000).toISOString();
const minutes = [0, 1, 2, 3].map((minute) => minuteOf(at(minute * 60)));

/** A UUIDv7 of a second after ten. */
function idOf(number: number, second: number): string {
  const time = (START + second * 1000).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(number).padStart(12, '0')}`;
}

/** What became of a reservation, in seconds after ten; undefined: it did not. */
interface Saga {
  readonly placed: number;
  readonly succeeded?: number | undefined;
  readonly canceled?: { readonly after: number; readonly reason: (typeof cancelReasons)[number] } | undefined;
}

/** The reactions to the events of a saga. */
function reactionsTo({ placed, succeeded, canceled }: Saga, number: number): Reaction[] {
  const who = { reservationId: idOf(number, placed), customerId: `c${number % 3}`, flightId: 'f1' };
  const data = { ...who, seatQty: 1 };
  const place = happened('ReservationPlaced', { ...data, reserveDate: '2024-11-21' }, { time: at(placed) });
  const reactions: (Reaction | undefined)[] = [policies.ReservationPlaced?.(place)];
  if (succeeded !== undefined) {
    const time = at(placed + succeeded);
    reactions.push(policies.ReservationSucceeded?.(happened('ReservationSucceeded', who, { time })));
  }
  if (canceled) {
    const { after, reason } = canceled;
    const time = at(placed + (succeeded ?? 0) + after);
    const event = happened('ReservationCanceled', { ...data, reason }, { time });
    reactions.push(policies.ReservationCanceled?.(event));
  }
  return reactions.filter((each) => each !== undefined);
}

function figures({ totals, tally, latency, info }: Rows) {
  const counted = { totals: totals[0], customers: info.length, tallies: tally, latencies: latency };
  return figuresOf(counted, minutes);
}

/** The figures as they follow from the sagas themselves. */
function expected(sagas: readonly Saga[]) {
  const of = (which: (saga: Saga) => number | undefined) =>
    sagas.map(which).filter((each) => each !== undefined);
  const placed = of((saga) => saga.placed);
  const succeeded = of((saga) => (saga.succeeded === undefined ? undefined : saga.placed + saga.succeeded));
  const canceled = of((saga) => saga.canceled && saga.placed + (saga.succeeded ?? 0) + saga.canceled.after);
  const isIn = (minute: number) => (second: number) => Math.floor(second / 60) === minute;
  return {
    placed: sagas.length,
    pending: sagas.filter((saga) => saga.succeeded === undefined && !saga.canceled).length,
    succeeded: sagas.filter((saga) => saga.succeeded !== undefined && !saga.canceled).length,
    canceled: canceled.length,
    customers: new Set(sagas.map((_, number) => number % 3)).size,
    minutes: minutes.map((minute, index) => ({
      at: `${minute}:00.000Z`,
      placed: placed.filter(isIn(index)).length,
      succeeded: succeeded.filter(isIn(index)).length,
      canceled: canceled.filter(isIn(index)).length,
    })),
    latency: {
      count: sagas.filter(
        (saga) => saga.succeeded !== undefined || (saga.canceled && saga.canceled.reason !== 'CUSTOMER'),
      ).length,
    },
  };
}

const seconds = fc.integer({ min: 0, max: 59 });
const reason = fc.constantFrom(...cancelReasons);
const saga: fc.Arbitrary<Saga> = fc.oneof(
  fc.record({ placed: seconds }),
  fc.record({ placed: seconds, succeeded: seconds }),
  fc.record({ placed: seconds, canceled: fc.record({ after: seconds, reason }) }),
  fc.record({
    placed: seconds,
    succeeded: seconds,
    canceled: fc.record({ after: seconds, reason: fc.constant('CUSTOMER' as const) }),
  }),
);

const deliveries = fc.array(saga, { minLength: 1, maxLength: 6 }).chain((sagas) => {
  const once = sagas.flatMap(reactionsTo);
  return fc
    .array(fc.constantFrom(...once), { maxLength: 8 })
    .chain((more) => fc.shuffledSubarray([...once, ...more], { minLength: once.length + more.length }))
    .map((all) => ({ sagas, all }));
});

describe('the statistics', () => {
  test('are those of the sagas, whatever the order of their events and duplicates', () => {
    fc.assert(
      fc.property(deliveries, ({ sagas, all }) => {
        expect(figures(given().when(...all).rows)).toMatchObject(expected(sagas));
      }),
      { seed: 20_241_121 },
    );
  });

  test.each<[string, (reaction: Reaction) => Reaction]>([
    ['what is stored', (reaction) => without(reaction, 'step')],
    ['what a reservation had become', (reaction) => without(reaction, 'outcome')],
  ])('control: are wrong without a look at %s', (_, blinded) => {
    const check = () =>
      fc.assert(
        fc.property(deliveries, ({ sagas, all }) => {
          expect(figures(given().when(...all.map(blinded)).rows)).toMatchObject(expected(sagas));
        }),
        { seed: 20_241_121 },
      );
    expect(check).toThrow(/Property failed/);
  });
});

/** A reaction that does not see one of its rows. */
const without = ({ keys, decide }: Reaction, name: keyof Known): Reaction => ({
  keys,
  decide: (known: Known) => decide({ ...known, [name]: undefined }),
});

describe('a step that a release without statistics has stored', () => {
  const step = { ...sagaStep(happened('ReservationPlaced', placement())), statistics: 'DUE' as const };

  test('is counted, and then done', () => {
    const done = withTally({ step }, step, {});
    expect(done).toMatchObject({
      write: { step: { ...step, statistics: 'DONE' } },
      add: { totals: { placed: 1 } },
    });
    expect(withTally({ step: { ...step, statistics: 'DONE' } }, step, {})).toEqual({});
    expect(talliedBy(step)).toEqual({ step: step.id });
  });

  test('is not counted under another id, beside the one that is', () => {
    const other = { ...step, id: 'e1' };
    expect(withTally({ step: other }, other, {})).toEqual({
      write: { step: { ...other, statistics: 'DONE' } },
    });
  });

  function placement() {
    return { reservationId: 'r1', customerId: 'c1', flightId: 'f1', seatQty: 3, reserveDate: '2024-11-21' };
  }
});
