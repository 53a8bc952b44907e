import { present, type Subscribed, subscriber, until } from '@airline/testing';
import { identityEnv } from '@airline/testing/identity';
import { expect, test } from 'vitest';
import { bookingAt } from '../booking.ts';
import { startEmbedded } from '../system.ts';
import { openWorld, type World } from './world.ts';

// A stranger subscribes to whatever there is, from now on and from the beginning, while a customer books and cancels.

const RESERVATION = 'id customerId seatQty status payment { id cost } customer { id info { flightCount } }';
const INFO = 'customerId flightCount canceledCount customer { id reservations { totalCount nodes { id } } }';

const subscriptions: Readonly<Record<string, (world: World) => string>> = {
  'all reservations': () => `reservationUpdated { ${RESERVATION} }`,
  'a reservation': ({ victim }) => `reservationUpdated(id: "${victim.reservationId}") { ${RESERVATION} }`,
  'a customer': ({ victim }) => `reservationUpdated(customerId: "${victim.customerId}") { ${RESERVATION} }`,
  'a reservation of a customer': ({ victim }) =>
    `reservationUpdated(id: "${victim.reservationId}", customerId: "${victim.customerId}") { ${RESERVATION} }`,
  'a reservation as if it were theirs': ({ victim, stranger }) =>
    `reservationUpdated(id: "${victim.reservationId}", customerId: "${stranger.customerId}") { ${RESERVATION} }`,
  'all infos': () => `customerInfoUpdated { ${INFO} }`,
  'an info': ({ victim }) => `customerInfoUpdated(customerId: "${victim.customerId}") { ${INFO} }`,
  'all flights, and who booked them': () =>
    'flightUpdated { id reservations(first: 100) { totalCount nodes { id customerId } } }',
};

test('what is pushed to a stranger, live and replayed, has nothing of the victim', async () => {
  await using system = await startEmbedded({
    ...identityEnv,
    COST_LIMIT: '0',
    COST_PER_SECOND: '0',
    SUBSCRIPTION_COST_LIMIT: '0',
  });
  const world = await openWorld(system.url);
  const { victim, stranger, flightId, headers } = world;
  await using stack = new AsyncDisposableStack();
  const open = (who: keyof World['headers']) => {
    const opened = subscriber(world.url, headers[who]);
    stack.defer(() => opened.close());
    return opened;
  };
  const staff = open('staff').subscribe(`subscription { ${subscriptions['all reservations']?.(world)} }`);
  const clerk = open('staff');
  const lee = open('stranger');
  const all = Object.entries(subscriptions).map(
    ([name, of]) => [name, `subscription { ${of(world)} }`] as const,
  );
  const live = all.map(([name, query]) => ({ name, subscribed: lee.subscribe(query) }));
  const fence = lee.subscribe('subscription { reservationUpdated { id seatQty } }');

  const seen = (subscribed: Subscribed, id: string) =>
    until('the event comes', () => JSON.stringify(subscribed.pushed).includes(id));
  const bookAll = async () => {
    const booked = await bookingAt(world.url, headers.victim).place({
      customerId: victim.customerId,
      flightId,
      seatQty: 13,
    });
    await bookingAt(world.url, headers.victim).cancel(booked.id);
    const own = await bookingAt(world.url, headers.stranger).place({
      customerId: stranger.customerId,
      flightId,
      seatQty: 1,
    });
    await Promise.all([seen(staff, booked.id), seen(fence, own.id)]);
    return booked.id;
  };
  await until('both listen', async () => {
    const own = { customerId: stranger.customerId, flightId, seatQty: 1 };
    await bookingAt(world.url, headers.stranger).place(own);
    return fence.pushed.length > 0 && staff.pushed.length > 0;
  });
  const secrets = [...world.secrets, await bookAll()];

  // From behind the first event that staff saw.
  const { cursor } = present(staff.pushed[0], 'first event').extensions ?? {};
  const replayed = all.map(([name, query]) => ({ name, subscribed: lee.subscribe(query, {}, { cursor }) }));
  const replayedFence = lee.subscribe('subscription { reservationUpdated { id } }', {}, { cursor });
  const replayedToStaff = clerk.subscribe(present(all[0], 'query')[1], {}, { cursor });
  await until('a replay ends', () => replayedFence.pushed.length >= 2);
  secrets.push(await bookAll());

  for (const { name, subscribed } of [...live, ...replayed]) {
    const text = JSON.stringify(subscribed.pushed);
    const shown = secrets.filter((secret) => text.includes(secret));
    expect(shown, name).toEqual([]);
  }
  expect(JSON.stringify(live[0]?.subscribed.pushed)).toContain(stranger.customerId);
  expect(JSON.stringify(replayedToStaff.pushed)).toContain(secrets.at(-2));
});
