import { defaultLimits } from '@airline/service/server';
import { describe, expect, test } from 'vitest';
import { compose, type Subgraphs } from '../corrections/corrections.fixture.ts';
import type { Prepared } from '../pipeline/prepared.ts';
import { expectedOf, recentlyUsed, warm } from '../pipeline/warm.ts';
import { isRefused, type Refused } from '../refusal.ts';
import { accessOver, callers, clientOf } from './access.fixture.ts';
import { subgraphs } from './rules.fixture.ts';

const { customer, everyone, staff } = callers;
const options = { limits: defaultLimits, introspection: true, isOver: () => false };

/** The supergraph with another SDL of flights. */
const changed = (from: string, to: string): string => {
  const typeDefs = subgraphs.flights?.typeDefs.replace(from, to) ?? '';
  const flights = { resolvers: subgraphs.flights?.resolvers ?? {}, typeDefs };
  return compose({ ...subgraphs, flights } satisfies Subgraphs);
};

const accepted = (prepared: Prepared | Refused): Prepared => {
  if (isRefused(prepared)) throw new Error(`Refused: ${prepared.errors[0]?.message}`);
  return prepared;
};

describe('what is planned before it is asked for', () => {
  const QUERY = '{ flight { code cost revenue } }';

  test('is for callers who may see all of it: for staff, and in an open system', async () => {
    const { pipeline, snapshot } = accessOver(subgraphs);
    const query = '{ flight { code revenue } }';
    await warm(snapshot(), expectedOf([query]), options);
    const outcomes = () => snapshot().documents.recent()[0]?.operations[0]?.outcomes.length;
    expect(outcomes()).toBe(1);
    for (const caller of [staff, everyone]) await pipeline.prepare({ query }, clientOf(caller));
    expect(outcomes()).toBe(1);
    await pipeline.prepare({ query }, clientOf(customer));
    expect(outcomes()).toBe(2);
  });

  test('is for those who asked before, under a new supergraph, by the rules that there are then', async () => {
    const { pipeline, ask, snapshot, reload, fetched } = accessOver(subgraphs);
    await ask(customer, QUERY);
    const before = snapshot();
    reload(changed('cost: Money @policy(policies: [["owner"], ["staff"]])', 'cost: Int @authenticated'));
    await warm(snapshot(), recentlyUsed(before), options);
    const [warmed] = snapshot().documents.recent()[0]?.operations[0]?.outcomes ?? [];
    expect(warmed?.denied).toEqual(['[false,[],[[["staff"]]]]']);
    expect(accepted(await pipeline.prepare({ query: QUERY }, clientOf(customer))).planned).toBe(warmed);
    expect(await ask(customer, QUERY)).toMatchObject({
      data: { flight: { code: 'KE1', cost: 10, revenue: null } },
    });
    expect(fetched()).not.toContain('revenue');
  });
});

describe('a subscription that is planned again under a new supergraph', () => {
  const query = 'subscription { flightUpdated { code next { id } } }';

  test('lacks what it may no longer have', async () => {
    const { pipeline, reload } = accessOver(subgraphs);
    const before = accepted(await pipeline.prepare({ query }, clientOf(customer)));
    reload(changed('code: String!', 'code: String! @policy(policies: [["staff"]])'));
    const again = accepted(pipeline.prepareAgain(before));
    expect(again.planned.compiled.plan.primary?.upstream({}).query).not.toContain('code');
    const event = { data: { flightUpdated: { code: 'KE1', next: { id: '2' } } } };
    expect(await pipeline.execute(again, event)).toMatchObject({
      data: { flightUpdated: null },
      errors: [{ path: ['flightUpdated', 'code'], extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test('is refused where its field is denied now', async () => {
    const { pipeline, reload } = accessOver(subgraphs);
    const before = accepted(await pipeline.prepare({ query }, clientOf(customer)));
    reload(
      changed(
        'flightUpdated: Flight @tag(name: "public")',
        'flightUpdated: Flight @policy(policies: [["staff"]])',
      ),
    );
    expect(pipeline.prepareAgain(before)).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });
});

test('what is denied costs nothing', async () => {
  const { pipeline } = accessOver(subgraphs);
  const costs = await Promise.all(
    [staff, customer].map(async (caller) => {
      const query = '{ flights { code revenue seats { letter } } needed }';
      return accepted(await pipeline.prepare({ query }, clientOf(caller))).cost;
    }),
  );
  const { cost } = accepted(
    await pipeline.prepare({ query: '{ flights { code seats { __typename } } }' }, clientOf(staff)),
  );
  expect(costs[1]).toBeLessThan(costs[0] ?? 0);
  // The names of types are what is left of objects of which nothing may be seen.
  expect(costs[1]).toBeLessThanOrEqual(cost);
});

test('an operation whose selections on an interface would become too many is refused', async () => {
  const { ask } = accessOver(subgraphs);
  const nested = (depth: number): string => (depth === 0 ? 'id' : `id peer { ${nested(depth - 1)} }`);
  expect(await ask(staff, `{ node { ${nested(20)} } }`)).toMatchObject({
    status: 400,
    errors: [{ code: 'DOCUMENT_LIMIT_EXCEEDED' }],
  });
});
