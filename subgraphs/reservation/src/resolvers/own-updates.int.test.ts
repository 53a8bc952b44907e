import type { Caller } from '@airline/service';
import { serve } from '@airline/testing/serve';
import { expect, test } from 'vitest';
import { subgraph } from '../main.ts';

const SUBSCRIBE = `subscription ($id: ID, $customerId: ID) {
  reservationUpdated(id: $id, customerId: $customerId) { id customerId }
}`;
const PLACE =
  'mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { id } } }';

const caller = (subject: string, ...roles: Caller['roles'][number][]): Caller => ({
  subject,
  roles,
  scopes: [],
});
const kim = caller('kim', 'customer');

interface Placed {
  readonly placeReservation: { readonly reservation: { readonly id: string } };
}

test('a customer’s subscriptions follow their own reservations alone, replays too; those of staff all', async () => {
  const server = await serve(subgraph);
  const place = async (customerId: string) => {
    const { data } = await server.ask<Placed>(PLACE, { input: { customerId, flightId: 'f1', seatQty: 1 } });
    return data?.placeReservation.reservation.id;
  };
  const live = server.as(kim).subscribe(SUBSCRIBE, {}, { announceCursor: true });
  const clerk = server.as(caller('clerk', 'staff')).subscribe(SUBSCRIBE, {}, { announceCursor: true });
  await Promise.all([live.all(1), clerk.all(1)]);
  const lees = await place('lee');
  const kims = await place('kim');
  const pushed = (of: typeof live) => of.pushed.flatMap(({ data }) => data?.reservationUpdated ?? []);
  await clerk.all(3);
  expect(pushed(clerk)).toEqual([
    { id: lees, customerId: 'lee' },
    { id: kims, customerId: 'kim' },
  ]);
  const replay = server.as(kim).subscribe(SUBSCRIBE, {}, { cursor: '0-0' });
  const strangers = server
    .as(kim)
    .subscribe(SUBSCRIBE, { id: lees }, { cursor: '0-0', announceCursor: true });
  const last = await place('kim');
  await Promise.all([live.all(3), replay.all(2), strangers.all(1)]);
  for (const each of [live, replay])
    expect(pushed(each)).toEqual([
      { id: kims, customerId: 'kim' },
      { id: last, customerId: 'kim' },
    ]);
  expect(pushed(strangers)).toEqual([]);
});

test.each([
  [kim, 'FORBIDDEN'],
  [caller('op'), 'FORBIDDEN'],
  [{ subject: undefined, roles: [], scopes: [] }, 'UNAUTHENTICATED'],
])('%j may not follow another’s', async (who, code) => {
  const server = await serve(subgraph);
  const ended = await server.as(who).subscribe(SUBSCRIBE, { customerId: 'lee' }).ended();
  expect(ended).toMatchObject([{ extensions: { code } }]);
});
