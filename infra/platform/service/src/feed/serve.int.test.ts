import { describe, expect, test } from 'vitest';
import { serveSample } from './sample.fixture.ts';

const BALANCE = 'subscription ($id: ID) { balanceChanged(id: $id) { id balance } }';
const ANNOUNCED = { announceCursor: true };

const state = (id: string, balance: number) => ({ data: { balanceChanged: { id, balance } } });

const update = (id: string, balance: number, seq: number) => ({
  ...state(id, balance),
  extensions: { cursor: `${seq}-0` },
});

const announced = (seq: number, hasState: boolean) => ({
  data: null,
  extensions: { cursor: `${seq}-0`, hasState },
});

const masked = { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };

describe('a subscription', () => {
  test('begins with the state, which has no cursor, and continues with what is newer', async () => {
    const { subscribe, pay } = await serveSample();
    await pay('a', 3);
    const subscription = subscribe(BALANCE, { id: 'a' });
    await subscription.all(1);
    await pay('b');
    await pay('a');
    expect(await subscription.all(2)).toEqual([state('a', 3), update('a', 4, 5)]);
  });

  test('that asks for it gets first where it starts, and whether the latest result is a state', async () => {
    const { subscribe, pay } = await serveSample();
    await pay('a', 3);
    const one = subscribe(BALANCE, { id: 'a' }, ANNOUNCED);
    expect(await one.all(2)).toEqual([announced(3, true), state('a', 3)]);
    const none = subscribe(BALANCE, { id: 'b' }, ANNOUNCED);
    const all = subscribe(BALANCE, {}, ANNOUNCED);
    const resumed = subscribe(BALANCE, { id: 'a' }, { ...ANNOUNCED, cursor: '2-0' });
    expect(await none.all(1)).toEqual([announced(3, true)]);
    expect(await all.all(1)).toEqual([announced(3, false)]);
    expect(await resumed.all(2)).toEqual([announced(2, true), update('a', 3, 3)]);
    await pay('b');
    expect(await none.all(2)).toEqual([announced(3, true), update('b', 1, 4)]);
    expect(await all.all(2)).toEqual([announced(3, false), update('b', 1, 4)]);
  });

  test('that had no event yet begins again without a cursor, and has missed nothing', async () => {
    const { subscribe, pay } = await serveSample();
    const first = subscribe(BALANCE, { id: 'a' }, ANNOUNCED);
    await first.all(1);
    first.unsubscribe();
    await pay('a', 2);
    const again = subscribe(BALANCE, { id: 'a' }, ANNOUNCED);
    await again.all(2);
    await pay('a');
    expect(await again.all(3)).toEqual([announced(2, true), state('a', 2), update('a', 3, 3)]);
  });

  test('resumed from each of its cursors has what came after, once', async () => {
    const { subscribe, pay } = await serveSample();
    await pay('a', 4);
    const expected = [1, 2, 3, 4, 5].map((number) => update('a', number, number));
    const resumed = [0, 1, 2, 3, 4].map((seq) => subscribe(BALANCE, { id: 'a' }, { cursor: `${seq}-0` }));
    await resumed[3]?.all(1);
    await pay('a');
    for (const [seq, { all }] of resumed.entries()) expect(await all(5 - seq)).toEqual(expected.slice(seq));
  });

  test.each([
    ['17', 'BAD_USER_INPUT'],
    ['01-0', 'BAD_USER_INPUT'],
    ['-1-0', 'BAD_USER_INPUT'],
    ['1-1', 'BAD_USER_INPUT'],
    ['99999999999999999999-0', 'BAD_USER_INPUT'],
    ['', 'BAD_USER_INPUT'],
    [3, 'BAD_USER_INPUT'],
    ['7-0', 'CURSOR_EXPIRED'],
    ['3-0', 'CURSOR_EXPIRED'],
    ['0-0', 'CURSOR_EXPIRED'],
  ])('from the cursor %j is refused: %s', async (cursor, code) => {
    const { subscribe, store, pay } = await serveSample();
    await pay('a', 6);
    await store.deleteExpired({ outbox: 4, inbox: new Date(0), droppedLetters: new Date(0) });
    const refused = subscribe(BALANCE, { id: 'a' }, { ...ANNOUNCED, cursor });
    expect(await refused.ended()).toMatchObject([{ extensions: { code, field: 'extensions.cursor' } }]);
    expect(refused.pushed).toEqual([]);
  });

  test('reads with fresh loaders for each event', async () => {
    const { subscribe, pay } = await serveSample();
    const { all } = subscribe('subscription { balanceChanged { balance latestBalance } }', {}, ANNOUNCED);
    await all(1);
    await pay('a');
    await all(2);
    await pay('a');
    expect((await all(3)).slice(1).map(({ data }) => data)).toEqual([
      { balanceChanged: { balance: 1, latestBalance: 1 } },
      { balanceChanged: { balance: 2, latestBalance: 2 } },
    ]);
  });
});

describe('errors', () => {
  test('of one event are masked, and the subscription continues', async () => {
    const { subscribe, pay, log } = await serveSample();
    const { all } = subscribe('subscription { balanceChanged { id secret } }', {}, ANNOUNCED);
    await all(1);
    await pay('a', 2);
    const pushed = (await all(3)).slice(1);
    for (const [index, { data, errors, extensions }] of pushed.entries()) {
      expect(data).toEqual({ balanceChanged: { id: 'a', secret: null } });
      expect(errors).toMatchObject([{ ...masked, path: ['balanceChanged', 'secret'] }]);
      expect(extensions).toEqual({ cursor: `${index + 1}-0` });
    }
    expect(JSON.stringify(pushed)).not.toContain('10.0.0.7');
    expect(JSON.stringify(log)).toContain('10.0.0.7');
  });

  test('for an event that cannot be read take its place', async () => {
    const { subscribe, pay, database } = await serveSample();
    await pay('a');
    const { all } = subscribe(BALANCE, { id: 'a' });
    await all(1);
    // A replica of a newer version has written it.
    const newer = { type: 'RemainingSeatsIncreased', subject: 'a', dataschema: '/x/9', data: {} };
    database.client
      .prepare("insert into outbox (event, created_at) values (?, '')")
      .run(JSON.stringify({ ...newer, specversion: '1.0', source: '/airline/flight' }));
    await pay('a');
    const pushed = await all(3);
    expect(pushed.slice(1)).toMatchObject([
      { data: null, errors: [masked], extensions: { cursor: '2-0' } },
      update('a', 2, 3),
    ]);
  });

  test.each([
    ['BAD_USER_INPUT', 'Not this one.', 'subscription { refused }'],
    ['INTERNAL_SERVER_ERROR', 'Internal server error', 'subscription { broken }'],
    ['GRAPHQL_PARSE_FAILED', 'Syntax Error', 'subscription { '],
    ['GRAPHQL_VALIDATION_FAILED', 'Cannot query field', 'subscription { none }'],
    ['GRAPHQL_VALIDATION_FAILED', 'only one top level field', 'subscription { refused broken }'],
    [
      'GRAPHQL_VALIDATION_FAILED',
      '@skip or @include',
      'subscription ($is: Boolean!) { broken @skip(if: $is) }',
    ],
    [
      'GRAPHQL_VALIDATION_FAILED',
      'The root field',
      'subscription { ...F } fragment F on Subscription { broken @skip(if: true) }',
    ],
    ['BAD_USER_INPUT', 'atLeast', 'subscription { balanceChanged(atLeast: "1") { id } }'],
    ['BAD_USER_INPUT', '$n', 'subscription ($n: Int!) { balanceChanged(atLeast: $n) { id } }'],
    ['OPERATION_RESOLUTION_FAILURE', 'operationName', 'subscription A { broken } subscription B { broken }'],
    ['BAD_REQUEST', 'Only subscriptions', '{ account(id: "a") { id } }'],
    ['DOCUMENT_LIMIT_EXCEEDED', '50', `subscription { balanceChanged { ${'id '.repeat(51)} } }`],
    ['DOCUMENT_LIMIT_EXCEEDED', 'nest', `subscription { balanceChanged ${'{ id '.repeat(300)}`],
    ['DOCUMENT_LIMIT_EXCEEDED', 'tokens', `subscription { balanceChanged { ${'id '.repeat(16_001)} } }`],
  ])('end what is refused with %s (%s), and the socket stays', async (code, words, query) => {
    const { subscribe, pay } = await serveSample();
    await pay('a');
    const staying = subscribe(BALANCE, { id: 'a' });
    await staying.all(1);
    const errors = await subscribe(query).ended();
    expect(errors).toMatchObject([{ message: expect.stringContaining(words), extensions: { code } }]);
    expect(JSON.stringify(errors)).not.toContain('10.0.0.7');
    await pay('a');
    expect(await staying.all(2)).toHaveLength(2);
  });
});
