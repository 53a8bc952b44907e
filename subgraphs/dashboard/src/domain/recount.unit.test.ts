import { seeded } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { at, given, info } from '../dashboard.fixture.ts';
import { countCanceled, countPlaced } from './count.ts';
import { type Countable, countAll, countablesOf, nameOf, none, plus } from './counts.ts';
import type { CustomerInfo } from './model.ts';
import { recount, standingOf } from './recount.ts';

const NOW = '2024-11-21T12:00:00.000Z';

const correcting = (before: CustomerInfo | undefined, right = { ...none, flightCount: 2 }, now = NOW) => ({
  keys: { info: 'c1' },
  decide: (known: { info?: CustomerInfo }) => recount(known, { customerId: 'c1', before, right, now }),
});

describe('a recount', () => {
  test('corrects a row, and makes it newer', () => {
    const before = info(5, '2024-12-25', 1, 1);
    const after = { customerId: 'c1', ...none, flightCount: 2, updatedAt: NOW };
    given({ info: [before] })
      .when(correcting(before))
      .thenAnswers('CORRECTED')
      .thenHolds({ info: [after] })
      .thenPublished({ type: 'CustomerInfoUpdated', data: after });
  });

  test('makes it newer though the clock is behind', () => {
    const before = info(5, '2024-12-25', 1, 1);
    const { rows } = given({ info: [before] }).when(correcting(before, none, at(0)));
    expect(rows.info[0]?.updatedAt).toBe('2024-11-21T10:00:01.001Z');
  });

  test('makes a row that is missing', () => {
    const after = { customerId: 'c1', ...none, flightCount: 2, updatedAt: NOW };
    given()
      .when(correcting(undefined))
      .thenAnswers('CORRECTED')
      .thenHolds({ info: [after] });
  });

  test('leaves zeroes for somebody who never reserved', () => {
    const before = info(1, '2024-12-25', 0, 1);
    given({ info: [before] })
      .when(correcting(before, none))
      .thenHolds({ info: [{ customerId: 'c1', ...none, updatedAt: NOW }] });
  });

  test('gives a row a time that has none', () => {
    const before = { ...info(1, '2024-12-25', 0, 1), updatedAt: 'never' };
    given({ info: [before] })
      .when(correcting(before, { flightCount: 1, recentReserveDate: '2024-12-25', canceledCount: 0 }))
      .thenHolds({ info: [{ ...before, updatedAt: NOW }] });
  });

  test('leaves alone what is right, what was counted on in the meantime, and nothing', () => {
    const row = info(1, '2024-12-25', 1, 1);
    const { flightCount, recentReserveDate, canceledCount } = row;
    const right = { flightCount, recentReserveDate, canceledCount };
    given({ info: [row] })
      .when(correcting(row, right))
      .thenAnswers('RIGHT')
      .thenNothing()
      .when(correcting(info(1, '2024-12-25', 0, 1), none))
      .thenAnswers('MOVED')
      .thenNothing();
    given().when(correcting(undefined, none)).thenAnswers('RIGHT').thenNothing();
    given().when(correcting(row)).thenAnswers('MOVED').thenNothing();
  });
});

test('what a log tells, what it no longer reaches back to, and what is missing in it', () => {
  const of = (reservationId: string, hour: string): Countable => ({
    type: 'ReservationPlaced',
    reservationId,
    customerId: 'c1',
    reserveDate: '2024-11-23',
    at: `2024-11-21T${hour}:00:00.000Z`,
  });
  const seqs = new Map([
    ['told', 10],
    ['told before', 9],
  ]);
  const view = { start: 10, untoldBefore: NOW, seqOf: (each: Countable) => seqs.get(each.reservationId) };
  const standing = (reservationId: string, hour: string) => standingOf(of(reservationId, hour), view);
  expect(standing('told', '09')).toBe('IN_LOG');
  expect(standing('told', '13')).toBe('IN_LOG');
  expect(standing('told before', '13')).toBe('BEYOND');
  expect(standing('trimmed', '09')).toBe('BEYOND');
  expect(standing('under way', '13')).toBe('MISSING');
});

test('a reservation counts once as placed, and once more as canceled', () => {
  const told = { id: 'r1', customerId: 'c1', reserveDate: '2024-11-23', placedAt: at(1) };
  const canceled = countablesOf({ ...told, canceledAt: at(2) });
  expect(countAll(canceled)).toEqual({ flightCount: 1, recentReserveDate: '2024-11-23', canceledCount: 1 });
  expect(canceled.map(nameOf)).toEqual(['ReservationPlaced/r1', 'ReservationCanceled/r1']);
  const placed = countablesOf({ ...told, reserveDate: '2024-12-25', canceledAt: null });
  expect(plus(countAll(canceled), countAll(placed))).toEqual({
    flightCount: 2,
    recentReserveDate: '2024-12-25',
    canceledCount: 1,
  });
});

describe('whatever is handled meanwhile', () => {
  const RUNS = 300;

  /** A row that was corrupted, recounted while events are handled, then all events handled: right, and as it is. */
  function run(seed: number, asksInbox: boolean) {
    const random = seeded(seed);
    const upTo = (most: number) => Math.floor(random() * (most + 1));
    const countables = Array.from({ length: 1 + upTo(7) }, (_, index): Countable => {
      const isPlaced = random() < 0.6;
      return {
        type: isPlaced ? 'ReservationPlaced' : 'ReservationCanceled',
        reservationId: `r${index}`,
        customerId: 'c1',
        reserveDate: isPlaced ? `2024-11-1${upTo(9)}` : null,
        at: at(index),
      };
    });
    // The log no longer reaches back to the first of them, which were handled long ago.
    const beyond = countAll(countables.splice(0, upTo(2)));
    const handled = new Set<Countable>();
    let row: CustomerInfo | undefined =
      random() < 0.3 ? undefined : { ...info(upTo(9), '2024-12-31', upTo(9), 0), updatedAt: at(upTo(9)) };
    const write = (decision: ReturnType<typeof countCanceled>) => {
      row = decision.write?.info ?? row;
    };

    const handleNext = () => {
      const next = countables.find((each) => !handled.has(each));
      if (!next) return;
      handled.add(next);
      const known = row ? { info: row } : {};
      write(
        next.reserveDate === null
          ? countCanceled(known, 'c1', next.at)
          : countPlaced(known, 'c1', next.reserveDate, next.at),
      );
    };
    const meanwhile = () => {
      while (random() < 0.5) handleNext();
    };
    for (let isDone = false; !isDone; ) {
      const before = row;
      meanwhile();
      const counted = asksInbox ? countables.filter((each) => handled.has(each)) : countables;
      const right = countAll(counted, beyond);
      meanwhile();
      const decision = recount(row ? { info: row } : {}, { customerId: 'c1', before, right, now: at(5) });
      write(decision);
      isDone = decision.result !== 'MOVED';
    }
    while (handled.size < countables.length) handleNext();
    const { flightCount, recentReserveDate, canceledCount } = row ?? none;
    return { is: { flightCount, recentReserveDate, canceledCount }, right: countAll(countables, beyond) };
  }

  test('the row ends right', () => {
    for (let seed = 1; seed <= RUNS; seed += 1) {
      const { is, right } = run(seed, true);
      expect(is, `seed ${seed}`).toEqual(right);
    }
  });

  test('control: without asking which events were handled, it ends wrong', () => {
    const wrong = Array.from({ length: RUNS }, (_, index) => run(index + 1, false)).filter(
      ({ is, right }) => JSON.stringify(is) !== JSON.stringify(right),
    );
    expect(wrong.length).toBeGreaterThan(RUNS / 10);
  });
});
