import { serve } from '@airline/testing/serve';
import { describe, expect, test } from 'vitest';
import { ace890 } from '../flight.fixture.ts';
import { subgraph } from '../main.ts';

const SUBSCRIBE = 'subscription ($id: ID) { flightUpdated(id: $id) { id cost remainingSeatsCount } }';
const REGISTER =
  'mutation ($input: RegisterFlightInput!) { registerFlight(input: $input) { flight { id } } }';
const UPDATE = 'mutation ($input: UpdateFlightInput!) { updateFlight(input: $input) { flight { id } } }';

const flights = ['f1', 'f2'].map((id) => ({ ...ace890, id }));
const payload = (id: string, cost: number) => ({
  data: { flightUpdated: { id, cost, remainingSeatsCount: 5 } },
});

describe('flightUpdated', () => {
  test('pushes the state first, then the flight with each change', async () => {
    const { ask, subscribe } = await serve(subgraph, { rows: { flight: flights } });
    const subscription = subscribe(SUBSCRIBE, { id: 'f1' });
    await subscription.all(1);
    for (const [id, cost] of [
      ['f2', 1],
      ['f1', 2],
      ['f1', 3],
    ])
      await ask(UPDATE, { input: { id, cost } });
    const [state, ...changes] = await subscription.all(3);
    expect(state).toEqual(payload('f1', 200_000));
    expect(changes).toMatchObject([
      { ...payload('f1', 2), extensions: { cursor: '2-0' } },
      { ...payload('f1', 3), extensions: { cursor: '3-0' } },
    ]);
  });

  test('pushes every flight without an id, new ones included', async () => {
    const { ask, subscribe } = await serve(subgraph, { rows: { flight: flights } });
    const subscription = subscribe(SUBSCRIBE, {}, { announceCursor: true });
    await subscription.all(1);
    await ask(UPDATE, { input: { id: 'f2', cost: 1 } });
    const input = { flightCode: 'KE001', takeoffDate: '2025-12-25', cost: 7, remainingSeatsCount: 5 };
    const { data } = await ask<{ registerFlight: { flight: { id: string } } }>(REGISTER, { input });
    expect((await subscription.all(3)).slice(1)).toMatchObject([
      payload('f2', 1),
      payload(data?.registerFlight.flight.id as string, 7),
    ]);
  });

  test('reads a flight once for all subscribers of one change', async () => {
    const { ask, subscribe, selects } = await serve(subgraph, { rows: { flight: flights } });
    const subscriptions = Array.from({ length: 20 }, () => subscribe(SUBSCRIBE, { id: 'f1' }));
    for (const subscription of subscriptions) await subscription.all(1);
    const changing = async () => {
      await ask(UPDATE, { input: { id: 'f1', cost: 1 } });
      for (const subscription of subscriptions) await subscription.all(2);
    };
    // The command reads the flight, too.
    expect(await selects(changing)).toHaveLength(2);
    expect(subscriptions.map(({ pushed }) => pushed[1])).toMatchObject(
      subscriptions.map(() => payload('f1', 1)),
    );
  });
});
