import { beforeEach, describe, expect, test } from 'vitest';
import { accessOver, callers } from './access.fixture.ts';
import { done, subgraphs } from './rules.fixture.ts';

const { customer, operator, staff } = callers;

beforeEach(() => void done.splice(0));

describe('mutations', () => {
  test('that are denied are not run, and those after them are', async () => {
    const { ask } = accessOver(subgraphs);
    expect(await ask(customer, 'mutation { first a: second(n: 1) x: first b: second }')).toEqual({
      data: { first: null, a: 1, x: null, b: 2 },
      errors: ['first', 'x'].map((key) => ({
        message: 'Mutation.first requires the policy staff.',
        path: [key],
        code: 'FORBIDDEN',
      })),
    });
    expect(done).toEqual(['second', 'second']);
  });

  test('that are denied are not run, though another is, whose result is lost with them', async () => {
    const { ask } = accessOver(subgraphs);
    expect(await ask(staff, 'mutation { third first }')).toEqual({
      data: null,
      errors: [
        { message: 'Mutation.third requires the policy operator.', path: ['third'], code: 'FORBIDDEN' },
      ],
    });
    expect(done).toEqual(['first']);
  });

  test('of which none is allowed make no request', async () => {
    const { ask, fetches } = accessOver(subgraphs);
    expect(await ask(operator, 'mutation { first second }')).toMatchObject({
      data: { first: null, second: null },
    });
    expect(fetches).toEqual([]);
  });
});

describe('subscriptions', () => {
  test('to what is denied are refused', async () => {
    const { ask, fetches } = accessOver(subgraphs);
    expect(
      await ask(customer, 'subscription { ...S } fragment S on Subscription { noteUpdated { text } }'),
    ).toEqual({
      status: 403,
      errors: [
        { message: 'Subscription.noteUpdated requires the policy staff or operator.', code: 'FORBIDDEN' },
      ],
    });
    expect(fetches).toEqual([]);
  });

  test('have null and an error in each event where a field of it is denied, which is neither subscribed to nor fetched', async () => {
    const { ask, fetched } = accessOver(subgraphs);
    expect(
      await ask(customer, 'subscription { flightUpdated { code weight: cost revenue next { revenue } } }'),
    ).toMatchObject({
      data: { flightUpdated: { code: 'KE1', weight: null, revenue: null, next: { revenue: null } } },
      errors: [
        { path: ['flightUpdated', 'weight'] },
        { path: ['flightUpdated', 'revenue'] },
        { path: ['flightUpdated', 'next', 'revenue'] },
      ],
    });
    expect(fetched()).not.toMatch(/cost|revenue/);
    expect(await ask(staff, 'subscription { flightUpdated { code revenue } }')).toEqual({
      data: { flightUpdated: { code: 'KE1', revenue: 100 } },
    });
  });
});

describe('what is deferred', () => {
  const query =
    '{ flight { code ... @defer { weight ... on Flight @defer { share } } ... @defer { revenue next { code revenue } } } }';

  test('comes with null and an error where it is denied, and nothing is fetched for it', async () => {
    const { ask, fetched } = accessOver(subgraphs);
    const { data, errors, later } = await ask(customer, query, { increments: true });
    expect({ data, errors }).toEqual({ data: { flight: { code: 'KE1' } }, errors: undefined });
    expect(later).toHaveLength(2);
    expect(later).toEqual(
      expect.arrayContaining([
        { path: ['flight'], data: null, errors: [expect.objectContaining({ path: ['flight', 'weight'] })] },
        {
          path: ['flight'],
          data: { revenue: null, next: { code: 'KE2', revenue: null } },
          errors: [
            expect.objectContaining({ path: ['flight', 'revenue'], code: 'FORBIDDEN' }),
            expect.objectContaining({ path: ['flight', 'next', 'revenue'], code: 'FORBIDDEN' }),
          ],
        },
      ]),
    );
    expect(fetched()).not.toMatch(/revenue|weight|share/);
  });

  test('comes whole for a caller who may', async () => {
    const { ask } = accessOver(subgraphs);
    const { data, later } = await ask(staff, query, { increments: true });
    expect(data).toEqual({ flight: { code: 'KE1' } });
    expect(later?.map((part) => part.data)).toEqual(
      expect.arrayContaining([
        { weight: 9 },
        { share: 18 },
        { revenue: 100, next: { code: 'KE2', revenue: 100 } },
      ]),
    );
  });
});
