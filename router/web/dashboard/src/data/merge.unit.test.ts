import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Observed,
  type Supersedes,
  supersedesCustomer,
  supersedesFlight,
  supersedesReservation,
} from './merge.ts';
import { at, customer, flight, reservation } from './rows.fixture.ts';
import type { Customer, Flight, Reservation } from './rows.ts';
import { Table } from './table.ts';

const tableOf = <Row extends { id: string }>(supersedes: Supersedes<Row>) =>
  new Table<Row>({ idOf: ({ id }) => id, supersedes, capacity: 100 });

/** The states of one reservation, as the reservation service went through them. */
const reservationStates = fc
  .record({
    steps: fc.constantFrom(
      ['PENDING'],
      ['PENDING', 'SUCCEED'],
      ['PENDING', 'CANCELED'],
      ['PENDING', 'SUCCEED', 'CANCELED'],
    ),
    // The clock of another replica may be behind.
    times: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 }),
  })
  .map(({ steps, times }) =>
    steps.map((status, index) =>
      reservation({ status: status as Reservation['status'], updatedAt: at(times[index] ?? 0) }),
    ),
  );

/** The states of one customer: an event raises a count, and never moves the time back; a recount moves it on. */
const customerStates = fc
  .array(fc.record({ ms: fc.integer({ min: 0, max: 2 }), isRecount: fc.boolean() }), { minLength: 1 })
  .map((steps) => {
    let row = customer();
    return [
      row,
      ...steps.map(({ ms, isRecount }) => {
        const passed = Date.parse(row.updatedAt) - Date.parse(at(0)) + ms + (isRecount ? 1 : 0);
        row = { ...row, flightCount: isRecount ? 1 : row.flightCount + 1, updatedAt: at(passed) };
        return row;
      }),
    ];
  });

/** Any order and repetition of the states, each at least once. */
const arrivalsOf = <Row>(states: fc.Arbitrary<Row[]>) =>
  states.chain((rows) =>
    fc
      .array(fc.nat(rows.length - 1))
      .chain((again) =>
        fc.shuffledSubarray([...rows.keys(), ...again], { minLength: rows.length + again.length }),
      )
      .map((order) => ({ newest: rows.at(-1), arrivals: order.map((index) => rows[index] as Row) })),
  );

function last<Row extends object>(supersedes: Supersedes<Row>, arrivals: readonly Row[]): Row | undefined {
  let known: Observed<Row> | undefined;
  for (const [asOf, row] of arrivals.entries())
    if (!known || supersedes({ row, asOf }, known)) known = { row, asOf };
  return known?.row;
}

describe('any order and repetition of pushes and pages ends in the newest state', () => {
  test('of a reservation, whatever the clocks say', () => {
    fc.assert(
      fc.property(arrivalsOf<Reservation>(reservationStates), ({ newest, arrivals }) => {
        expect(last(supersedesReservation, arrivals)?.status).toBe(newest?.status);
      }),
    );
  });

  test('of a customer', () => {
    fc.assert(
      fc.property(arrivalsOf<Customer>(customerStates), ({ newest, arrivals }) => {
        expect(last(supersedesCustomer, arrivals)).toEqual(newest);
      }),
    );
  });

  test('control: not where the last arrival wins', () => {
    const lastArrivalWins = fc.check(
      fc.property(arrivalsOf<Customer>(customerStates), ({ newest, arrivals }) => {
        expect(last(() => true, arrivals)).toEqual(newest);
      }),
    );
    expect(lastArrivalWins.failed).toBe(true);
  });
});

/**
 * A flight service, and its responses and pushes on their way to the page. Pushes come in order, one after each change, and
 * show the flight as it is when they are sent; a query reads at some time between its request and its response.
 */
type Happening = 'change' | 'send push' | 'receive push' | 'ask' | 'read' | 'respond';

const happenings = fc.array(
  fc.constantFrom<Happening>('change', 'send push', 'receive push', 'ask', 'read', 'respond'),
  { maxLength: 60 },
);

/** Plays what happens, then lets everything arrive; returns the seats that are shown, and those that are left. */
function play(supersedes: Supersedes<Flight>, course: readonly Happening[]) {
  const table = tableOf(supersedes);
  let tick = 0;
  let seats = 1000;
  let owed = 0;
  const pushes: number[] = [];
  const queries: { asOf: number; read?: number }[] = [];
  const put = (left: number, asOf: number) => table.put(flight({ remainingSeatsCount: left }), asOf);
  const steps: Record<Happening, () => void> = {
    change() {
      seats -= 1;
      owed += 1;
    },
    'send push'() {
      if (owed === 0) return;
      owed -= 1;
      pushes.push(seats);
    },
    'receive push'() {
      const left = pushes.shift();
      if (left !== undefined) put(left, ++tick);
    },
    ask: () => void queries.push({ asOf: ++tick }),
    read() {
      const query = queries.find(({ read }) => read === undefined);
      if (query) query.read = seats;
    },
    respond() {
      const index = queries.findIndex(({ read }) => read !== undefined);
      const [query] = index < 0 ? [] : queries.splice(index, 1);
      if (query?.read !== undefined) put(query.read, query.asOf);
    },
  };
  // The page begins with a query that is sent once the subscription is active.
  steps.ask();
  for (const step of course) steps[step]();
  while (owed > 0) steps['send push']();
  while (queries.some(({ read }) => read === undefined)) steps.read();
  while (pushes.length > 0) steps['receive push']();
  while (queries.length > 0) steps.respond();
  return { shown: table.get('f1')?.row.remainingSeatsCount, left: seats };
}

describe('a flight, which does not say how old it is', () => {
  test('ends in its newest state, however pushes and responses overlap', () => {
    fc.assert(
      fc.property(happenings, (course) => {
        const { shown, left } = play(supersedesFlight, course);
        expect(shown).toBe(left);
      }),
      { numRuns: 500 },
    );
  });

  test('control: not where a response counts as of its arrival', () => {
    const course: Happening[] = ['read', 'change', 'send push', 'receive push', 'respond'];
    expect(play(supersedesFlight, course)).toEqual({ shown: 999, left: 999 });
    expect(play(() => true, course)).toEqual({ shown: 1000, left: 999 });
  });
});
