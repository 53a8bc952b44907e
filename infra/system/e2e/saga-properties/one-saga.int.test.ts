import { afterAll, expect, test } from 'vitest';
import { type Choices, everyOrder } from './every-order.ts';
import { openServices } from './four-services.ts';
import type { ChargeResult } from './provider.ts';
import { type Begun, begin, finish, wrongAtRest } from './schedule.ts';
import type { World } from './world.ts';

const services = openServices();
afterAll(() => services.close());

const worldWith = (capacity: number, chargeResult: ChargeResult): World => ({
  flights: [{ capacity, cost: 100 }],
  bookings: [{ customer: 1, flight: 0, seatQty: 3, late: false, chargeResult, keyed: false }],
  cancellations: [0],
  changes: [],
  expiry: false,
});

/** Everything but the dashboard, which only counts: it handles all of it in the end. */
async function choicesOf({ commands, network, collecting }: Begun): Promise<Choices> {
  const steps = [
    ...commands.possible().map((command) => () => commands.carryOut(command, 0)),
    ...network
      .pending()
      .filter(({ to }) => to.name !== 'dashboard')
      .map((message) => () => network.deliver(message, 0)),
    ...(collecting.calls().length > 0
      ? []
      : (await collecting.unsettled()).map((payment) => () => collecting.settle(payment, 0))),
    ...collecting.calls().map(({ respond }) => respond),
  ];
  return steps.map((step) => async () => {
    await step();
    await network.collect();
  });
}

test.each([
  ['paid', 5, 'PAID'],
  ['declined', 5, 'DECLINED'],
  ['sold out', 2, 'PAID'],
] as const)(
  'in every order of a saga that is %s and canceled by its customer, nothing is left of it',
  async (_how, capacity, chargeResult) => {
    const world = worldWith(capacity, chargeResult);
    const orders = await everyOrder(
      () => begin(services, world),
      choicesOf,
      async (begun) => {
        await finish(begun);
        expect(await wrongAtRest(begun)).toEqual([]);
        const { flights, reservations, infos } = await services.rows();
        expect(flights).toMatchObject([{ remainingSeatsCount: capacity }]);
        expect(reservations).toMatchObject([{ status: 'CANCELED' }]);
        expect(infos).toMatchObject([{ flightCount: 1, canceledCount: 1 }]);
      },
    );
    // The cancellation may come between any two steps, and each of what follows from it as well.
    expect(orders).toBeGreaterThanOrEqual(20);
  },
);
