import { type Service, subgraphs } from '@airline/schema/events';
import { afterAll, expect, test } from 'vitest';
import { openServices } from './four-services.ts';
import { run, type Step } from './schedule.ts';
import type { Booking, World } from './world.ts';

const services = openServices();
afterAll(() => services.close());

const booking: Booking = {
  customer: 1,
  flight: 0,
  seatQty: 3,
  late: false,
  chargeResult: 'PAID',
  keyed: false,
};

/** One is paid, and canceled afterwards; one is declined, and one finds too few seats. The flight changes. */
const world: World = {
  flights: [{ capacity: 5, cost: 100 }],
  bookings: [booking, { ...booking, seatQty: 1, chargeResult: 'DECLINED' }, { ...booking, seatQty: 4 }],
  cancellations: [0],
  changes: [{ flight: 0, cost: 200 }],
  expiry: false,
};

/** All are placed and settle before anything else. */
const settle: readonly Step['kind'][] = [
  ...world.bookings.map(() => 'command' as const),
  ...Array.from({ length: 30 }, () => ['deliver', 'ask', 'respond'] as const).flat(),
];

const eventsOf = (name: Service) => {
  const { events, unpublished = [] }: { events: object; unpublished?: readonly string[] } = subgraphs[name];
  return Object.keys(events).filter((type) => !unpublished.includes(type));
};

// That its type stands in a source proves little: nobody may call that.
test('the services publish each of their events, but for those that are said to be unpublished', async () => {
  const steps = settle.map((kind) => ({ kind, which: 0 }));
  const { network } = await run(services, world, steps);
  expect(
    [...network.published()].sort(),
    'what is expected and not published needs a decision that publishes it and the command or policy that makes that decision, done ' +
      'here by `world`, or it is `unpublished` in schema/subgraphs.ts; what is published and not expected is to be taken out there',
  ).toEqual(services.all.flatMap(({ name }) => eventsOf(name)).sort());
});
