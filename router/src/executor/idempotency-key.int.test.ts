import { expect, test } from 'vitest';
import { over } from './scripted.fixture.ts';

const sales = {
  typeDefs: `
    type Query { a: Int }
    input Booking { seats: Int!, idempotencyKey: String }
    input Loss { seats: Int! }
    type Mutation { book(input: Booking!): Int, lose(input: Loss!): Int }
  `,
  respond: () => ({ data: { book: 1, lose: 1, again: 2 } }),
};
const BOOK = 'mutation ($booking: Booking!) { book(input: $booking) }';

async function sent(query: string, variables: Record<string, unknown>) {
  const { run, asked } = over({ sales });
  expect((await run(query, { variables })).errors).toBeUndefined();
  expect(asked).toHaveLength(1);
  const [{ variables: received, isIdempotent } = { variables: {}, isIdempotent: undefined }] = asked;
  return { received, isIdempotent };
}

test('a mutation whose input takes an idempotency key has one of its own, and may arrive twice', async () => {
  const keys = await Promise.all([1, 2].map(() => sent(BOOK, { booking: { seats: 1 } })));
  expect(keys).toEqual([
    { received: { booking: { seats: 1, idempotencyKey: expect.any(String) } }, isIdempotent: true },
    { received: { booking: { seats: 1, idempotencyKey: expect.any(String) } }, isIdempotent: true },
  ]);
  expect(keys[0]?.received).not.toEqual(keys[1]?.received);
});

test('the key of a client stays, and null is none', async () => {
  const booking = { seats: 1, idempotencyKey: 'mine' };
  expect(await sent(BOOK, { booking })).toEqual({ received: { booking }, isIdempotent: true });
  expect(await sent(BOOK, { booking: { seats: 1, idempotencyKey: null } })).toEqual({
    received: { booking: { seats: 1, idempotencyKey: expect.stringMatching(/./) } },
    isIdempotent: true,
  });
});

test.each([
  ['whose input takes none', 'mutation ($booking: Loss!) { lose(input: $booking) }'],
  [
    'of several fields',
    'mutation ($booking: Booking!) { book(input: $booking) again: book(input: $booking) }',
  ],
])('a mutation %s has none, and may not arrive twice', async (_, query) => {
  const booking = { seats: 1 };
  expect(await sent(query, { booking })).toEqual({ received: { booking }, isIdempotent: false });
});
