import { expect, test } from 'vitest';
import { createHeldUp, USUAL_MS } from './held-up.ts';
import { network } from './problem.ts';
import { at, reservation } from './rows.fixture.ts';
import type { Reservation } from './rows.ts';
import { createStore } from './store.ts';

function started() {
  let now = Date.parse(at(0));
  let waits: (() => void)[] = [];
  const store = createStore({ frame: (run) => run(), later: () => {} });
  const heldUp = createHeldUp({ store, now: () => now, later: (run) => void waits.push(run) });
  let tick = 0;
  return {
    heldUp,
    arrive(row: Reservation) {
      tick += 1;
      store.reservations.put(row, tick);
      store.touch();
    },
    pass(ms: number) {
      now += ms;
      const due = waits;
      waits = [];
      for (const run of due) run();
    },
    timers: () => waits.length,
  };
}

test('bookings that settle as usual hold nothing up, and then nothing is looked at', () => {
  const { heldUp, arrive, pass, timers } = started();
  arrive(reservation());
  arrive(reservation({ id: 'r2' }));
  pass(USUAL_MS - 1);
  expect(heldUp.since.get()).toBeUndefined();
  arrive(reservation({ status: 'SUCCEED', updatedAt: at(1) }));
  arrive(reservation({ id: 'r2', status: 'CANCELED', updatedAt: at(1) }));
  pass(USUAL_MS);
  expect(heldUp.since.get()).toBeUndefined();
  expect(timers()).toBe(0);
});

test('one that stays pending does, since it was placed, until it settles', () => {
  const { heldUp, arrive, pass } = started();
  arrive(reservation({ placedAt: at(5) }));
  arrive(reservation({ id: 'r0', placedAt: at(2) }));
  pass(USUAL_MS);
  expect(heldUp.since.get()).toBe(at(2));
  arrive(reservation({ id: 'r0', placedAt: at(2), status: 'SUCCEED', updatedAt: at(9) }));
  expect(heldUp.since.get()).toBe(at(5));
  arrive(reservation({ placedAt: at(5), status: 'CANCELED', updatedAt: at(9) }));
  expect(heldUp.since.get()).toBeUndefined();
});

test('one that was placed long before the page came does at once, whatever its clock says of seconds', () => {
  const { heldUp, arrive } = started();
  arrive(reservation({ placedAt: at(-30_000) }));
  expect(heldUp.since.get()).toBeUndefined();
  arrive(reservation({ id: 'old', placedAt: at(-600_000) }));
  const { heldUp: fresh, arrive: arriveThere } = started();
  arriveThere(reservation({ placedAt: at(-600_000) }));
  expect(fresh.since.get()).toBe(at(-600_000));
});

test('what was pending before the page came is loaded', async () => {
  const { heldUp } = started();
  const nodes = [reservation({ placedAt: at(-600_000) })];
  await heldUp.load({ query: async () => ({ data: { reservations: { nodes } } as never }) });
  expect(heldUp.since.get()).toBe(at(-600_000));
});

test('that the service publishes nothing is known where nothing is booked, since it was first said', async () => {
  const { heldUp, pass } = started();
  const says = (eventsHeldUp: boolean | undefined) =>
    heldUp.ask({
      query: async () =>
        (eventsHeldUp === undefined ? { problem: network } : { data: { eventsHeldUp } }) as never,
    });
  await says(false);
  expect(heldUp.unpublishedSince.get()).toBeUndefined();
  await says(true);
  pass(USUAL_MS);
  await says(true);
  await says(undefined);
  expect(heldUp.unpublishedSince.get()).toBe(at(0));
  await says(false);
  expect(heldUp.unpublishedSince.get()).toBeUndefined();
});
