import { services } from '@airline/schema/events';
import { post, until } from '@airline/testing';
import { authorizationOf, identityEnv } from '@airline/testing/identity';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { bookingAt } from './booking.ts';
import { type System, startEmbedded } from './system.ts';

// One process with an issuer, as `npm start` runs it: the secret of its subgraphs is made at its start.

const { JWT_SECRET } = identityEnv;
const asStaff = await authorizationOf({ subject: 'clerk', roles: ['staff'] });
const asKim = await authorizationOf({ subject: 'kim' });
const credentials: readonly Readonly<Record<string, string>>[] = [
  {},
  asStaff,
  { 'x-caller': asStaff.authorization },
];

let system: System;
beforeAll(async () => {
  system = await startEmbedded({ JWT_SECRET });
});
afterAll(() => system[Symbol.asyncDispose]());

const urlOf = (service: string): string => {
  const output = system.processes.system?.output() ?? '';
  const [, url = ''] = new RegExp(`^${service} +(http:\\S+)`, 'm').exec(output) ?? [];
  return url;
};

describe.each(services)('the %s subgraph', (service) => {
  test.each([
    '{ _service { sdl } }',
    '{ _entities(representations: []) { __typename } }',
    '{ __schema { types { name } } }',
    '{ __typename }',
  ])('refuses whoever asks it directly: %s', async (query) => {
    for (const headers of credentials) {
      const { status, body } = await post(urlOf(service), JSON.stringify({ query }), headers);
      expect(status).toBe(401);
      expect(body).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
      expect(body).not.toHaveProperty('data');
    }
  });
});

test('bookings, reads and subscriptions go through the router, on behalf of whose token it is', async () => {
  const flightId = await bookingAt(system.url, asStaff).registerFlight(5);
  // What a client says of a caller is not passed on.
  const kim = bookingAt(system.url, { ...asKim, 'x-caller': 'e30.1.a.b' });
  const client = createClient({
    url: system.url.replace('http', 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: asKim,
  });
  onTestFinished(() => void client.dispose());
  const statuses: unknown[] = [];
  client.subscribe<{ reservationUpdated: { status: string } }>(
    { query: 'subscription { reservationUpdated(customerId: "kim") { status } }' },
    {
      next: ({ data }) => statuses.push(data?.reservationUpdated.status),
      error: (error) => statuses.push(error),
      complete: () => {},
    },
  );
  // The subscription begins at some moment: what is booked after it is reported.
  await until('a booking is reported', async () => {
    const { status } = await kim.place({ customerId: 'kim', flightId, seatQty: 1 });
    expect(['SUCCEED', 'CANCELED']).toContain(status);
    return statuses.length > 0;
  });
  expect(statuses[0]).toBe('PENDING');
});
