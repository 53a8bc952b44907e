import { createHash } from 'node:crypto';
import { textOf } from '@airline/e2e/memory/texts';
import { type Attacker, forever, type Target } from './target.ts';

const LARGE =
  'reservations(last: 100) { nodes { id customer { reservations(first: $first) { nodes { id status } } } } }';
const EXPENSIVE = `query ($id: ID!, $first: Int) { reservation(id: $id) { id } ${LARGE} }`;
const DEFERRED = `query ($id: ID!, $first: Int) { reservation(id: $id) { id } ... @defer { ${LARGE} } }`;
const NESTED = `{ reservations(first: 100, filter: { customerId: "x" }) { nodes { customer {
  reservations(first: 100) { nodes { customer { reservations(first: 100) { nodes { id } } } } }
} } } }`;
const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status } }
}`;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The most that is admitted, again and again. */
async function askMost(target: Target, query: string, accept?: string): Promise<void> {
  const ask = (id: number, first: number) =>
    target.post({ query, variables: { id: `${id}`, first } }, accept);
  let first = 100;
  while ((await ask(0, first)).includes('COST_LIMIT_EXCEEDED')) first -= 1;
  // Another variable each time, so that no two share an execution.
  await forever(target, 128, (n) => ask(n, first));
}

/** Attacks by what is asked for, in requests of their own. */
export const operations: readonly Attacker[] = [
  {
    name: 'expensive',
    gets: '200',
    run: (target) => askMost(target, EXPENSIVE),
  },
  {
    name: 'deferred',
    gets: '200',
    run: (target) => askMost(target, DEFERRED, 'multipart/mixed;incrementalSpec=v0.2'),
  },
  {
    name: 'over-cost',
    gets: 'COST_LIMIT_EXCEEDED',
    run: (target) => forever(target, 100, () => target.post({ query: NESTED })),
  },
  {
    name: 'new-texts',
    gets: '200',
    run: (target) =>
      forever(target, 50, (n) => target.post({ query: textOf(n, Number.POSITIVE_INFINITY).text })),
  },
  {
    name: 'near-limits',
    gets: '200',
    run: (target) =>
      forever(target, 50, (n) => {
        const { text: query, operationName } = textOf(n, 1);
        return target.post({ query, operationName });
      }),
  },
  {
    name: 'persisted',
    gets: '200',
    run: (target) =>
      forever(target, 50, (n) => {
        const query = `query Garbage${n} { flight(id: "${n}") { id } }`;
        const persistedQuery = { version: 1, sha256Hash: sha256(query) };
        return target.post({ query, extensions: { persistedQuery } });
      }),
  },
  {
    name: 'bookings',
    gets: '200',
    run: async (target) => {
      const flights = await target.post({ query: '{ flights(first: 1) { nodes { id } } }' });
      const flightId = /"id":"([^"]+)"/.exec(flights)?.[1];
      const input = { customerId: 'mad', flightId, seatQty: 1, reserveDate: '2024-11-21' };
      const variables = { input: { ...input, awaitOutcome: true } };
      await forever(target, 100, () => target.post({ query: PLACE, variables }));
    },
  },
];
