import { describe, expect, test } from 'vitest';
import { startTestServer } from '../http/server.fixture.ts';

describe('errors of a served graph', () => {
  test('keep their code, field, message and path when they are refusals', async () => {
    const { query, log } = await startTestServer();
    const { status, body } = await query('{ again: refused }');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { again: null },
      errors: [
        {
          message: 'seatQty must be from 1 to 1000',
          locations: [{ line: 1, column: 3 }],
          path: ['again'],
          extensions: { code: 'BAD_USER_INPUT', field: 'input.seatQty' },
        },
      ],
    });
    expect(log).toEqual([]);
  });

  test('are masked when they are unexpected, and logged with their stack', async () => {
    const { query, log } = await startTestServer();
    const { body } = await query('{ broken }');
    expect(body.errors).toEqual([
      {
        message: 'Internal server error',
        locations: [{ line: 1, column: 3 }],
        path: ['broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('10.0.0.7');
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({
      level: 'error',
      path: ['broken'],
      err: { message: expect.stringContaining('10.0.0.7'), stack: expect.stringContaining('server.fixture') },
    });
  });

  test('are to be tried again when the surroundings caused them, and logged once for all requests', async () => {
    const { query, log } = await startTestServer();
    const bodies = [await query('{ away }'), await query('{ away again: away }')].map(({ body }) => body);
    const errors = bodies.flatMap((body) => body.errors);
    expect(errors.map(({ extensions }) => extensions)).toEqual(Array(3).fill({ code: 'TRY_AGAIN_LATER' }));
    expect(errors[0]?.message).toContain('Try again later');
    expect(JSON.stringify(bodies)).not.toContain('10.0.0.7');
    expect(log).toMatchObject([{ level: 'error', path: ['away'], err: { code: 'ECONNREFUSED' } }]);
  });

  test('of an unknown field and of a broken document keep their codes', async () => {
    const { query } = await startTestServer();
    expect((await query('{ nothing }')).body.errors[0]?.extensions).toEqual({
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
    expect((await query('{ node')).body.errors[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
    expect((await query('query A { hello } query B { hello }')).body.errors[0]?.extensions).toEqual({
      code: 'OPERATION_RESOLUTION_FAILURE',
    });
  });
});

const place = 'mutation ($input: PlaceInput!) { place(input: $input) }';
const good = { flightId: 'f', seatQty: 1 };

describe('a variable that does not fit its type is BAD_USER_INPUT and names the field:', () => {
  test.each([
    ['a wrong type', { ...good, seatQty: 'three' }, 'input.seatQty'],
    ['a null', { ...good, seatQty: null }, 'input.seatQty'],
    ['a missing field', { flightId: 'f' }, 'input.seatQty'],
    ['an unknown field', { ...good, seatQuantity: 1 }, 'input.seatQuantity'],
    ['an unparsable date', { ...good, reserveDate: '2024-13-40' }, 'input.reserveDate'],
    ['an unsafe number', { ...good, cost: 2 ** 60 }, 'input.cost'],
    ['an element of a list', { ...good, seats: [1, 'x'] }, 'input.seats[1]'],
    ['a nested field', { ...good, inner: { flightId: 'f', seatQty: {} } }, 'input.inner.seatQty'],
    ['a value that looks like a path', { ...good, seatQty: ' at "input.flightId"; ' }, 'input.seatQty'],
    ['no object', 7, 'input'],
    ['a null variable', null, 'input'],
    ['a missing variable', undefined, 'input'],
  ])('%s', async (_case, input, field) => {
    const { query, log } = await startTestServer();
    const { status, body } = await query(place, { input });
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
    expect(body.errors[0]?.message).toContain(field.replace('input.', '').replace(/\[.*/, ''));
    expect(log).toEqual([]);
  });

  test('a null for an argument that must not be null', async () => {
    const { query } = await startTestServer();
    const { body } = await query('query ($n: Int = 1) { seats(n: $n) }', { n: null });
    expect(body.errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'n' });
  });

  test('several at once, each with its own error', async () => {
    const { query } = await startTestServer();
    const { body } = await query(place, { input: { flightId: {}, seatQty: 'x' } });
    const fields = body.errors.map((error) => error.extensions.field);
    expect(fields).toEqual(['input.flightId', 'input.seatQty']);
  });

  test('and its message stays short for any value', async () => {
    const { query } = await startTestServer();
    const { body } = await query(place, { input: { ...good, reserveDate: 'x'.repeat(100_000) } });
    expect(body.errors[0]?.extensions.field).toBe('input.reserveDate');
    expect(body.errors[0]?.message.length).toBeLessThan(1_100);
  });
});

describe('a literal that does not fit its type is BAD_USER_INPUT and names the field:', () => {
  test.each([
    ['a wrong type', 'mutation { place(input: { flightId: "f", seatQty: "x" }) }', 'input.seatQty'],
    [
      'after a nested value',
      'mutation { place(input: { seats: [1], flightId: "f", seatQty: "x" }) }',
      'input.seatQty',
    ],
    ['a missing field', 'mutation { place(input: { flightId: "f" }) }', 'input.seatQty'],
    ['an unknown field', 'mutation { place(input: { flightId: "f", seatQty: 1, x: {} }) }', 'input.x'],
    [
      'a date',
      'mutation { place(input: { flightId: "f", seatQty: 1, reserveDate: "x" }) }',
      'input.reserveDate',
    ],
    ['a big number', 'mutation { place(input: { flightId: "f", seatQty: 1, cost: 1e99 }) }', 'input.cost'],
    [
      'a list element',
      'mutation { place(input: { flightId: "f", seatQty: 1, seats: [1, true] }) }',
      'input.seats',
    ],
    [
      'a deep field',
      '{ node { place(input: { inner: { flightId: [], seatQty: 1 } }) } }',
      'input.inner.flightId',
    ],
    ['a plain argument', '{ hello seats(n: "x") }', 'n'],
    [
      'a default',
      'query ($input: PlaceInput = { flightId: "f", seatQty: [1.5] }) { hello }',
      'input.seatQty',
    ],
  ])('%s', async (_case, document, field) => {
    const { query } = await startTestServer();
    const { status, body } = await query(document);
    expect(status).toBe(400);
    const errors = body.errors.filter((error) => error.extensions.field === field);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining(field),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
