import { createHash } from 'node:crypto';
import { type Caller, everyone } from '@airline/service/server';
import { describe, expect, test } from 'vitest';
import { createHub, client as member, read, settled } from '../fan-out/hub.fixture.ts';
import { client, createTestPipeline } from '../pipeline/pipeline.fixture.ts';
import { isRefused } from '../refusal.ts';
import { authorityOf, type Client } from '../request.ts';
import { accessOver, callers, clientOf } from './access.fixture.ts';
import { subgraphs } from './rules.fixture.ts';

/*
 * Each test takes one thing apart that requests share. Its control takes from the key what says who asks: then one caller
 * gets what is another's. So the key is what keeps them apart.
 */

const { anonymous, customer, staff } = callers;
const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: [] };
const lee: Caller = { subject: 'lee', roles: ['customer'], scopes: [] };

/** Callers as they are, or with one key for all of them. */
const keys = [
  ['with the caller in the key', (caller: Caller): Client => clientOf(caller), false],
  [
    'without, as a control, which leaks',
    (caller: Caller): Client => ({ ...client, authority: { ...authorityOf(caller), key: 'one for all' } }),
    true,
  ],
] as const;

describe.each(keys)('%s', (_, as, leaks) => {
  test('equal queries in flight', async () => {
    const asked: (() => void)[] = [];
    const { pipeline } = createTestPipeline({
      // What a subgraph returns depends on who asks.
      execute: async ({ client: { authority } }) => {
        await new Promise<void>((resolve) => asked.push(resolve));
        return { data: { mine: authority.subject } };
      },
    });
    const ask = async (caller: Caller) => {
      const prepared = await pipeline.prepare({ query: '{ paid }' }, as(caller));
      if (isRefused(prepared)) throw new Error('Refused.');
      return { result: pipeline.execute(prepared) };
    };
    const both = [await ask(kim), await ask(lee)];
    for (const respond of asked) respond();
    const [, toLee] = await Promise.all(both.map(({ result }) => result));
    expect(toLee?.data?.mine).toBe(leaks ? 'kim' : 'lee');
  });

  test('equal subscriptions, their upstreams and their executions', async () => {
    const { hub, subgraph, planned, join } = createHub();
    const [, toLee] = [kim, lee].map((caller) =>
      read(
        join(planned({ atOnce: true }), {
          client: { ...as(caller), forwarded: { by: caller.subject ?? '' } },
        }),
      ),
    );
    // What a subgraph sends depends on who subscribes.
    for (const { sink, request } of subgraph.connections)
      sink.next({ data: { mine: request.headers.by }, extensions: { cursor: '1' } });
    await settled();
    expect(hub.counts().upstreams).toBe(leaks ? 1 : 2);
    expect(toLee?.results[0]?.data?.mine).toBe(leaks ? 'kim' : 'lee');
  });

  test('events that are kept for those who resume', async () => {
    const { subgraph, planned, join } = createHub();
    join(planned({ atOnce: true }), { client: as(kim), cursor: '5' });
    join(planned({ atOnce: true }), { client: as(lee), cursor: '5' });
    expect(subgraph.connections).toHaveLength(leaks ? 1 : 2);
  });
});

describe('plans', () => {
  const QUERY = '{ flight { code revenue } }';

  test('are of what their caller may see', async () => {
    const { pipeline, fetched } = accessOver(subgraphs);
    const prepare = async (caller: Caller) => {
      const prepared = await pipeline.prepare({ query: QUERY }, clientOf(caller));
      if (isRefused(prepared)) throw new Error('Refused.');
      return prepared;
    };
    const staffs = await prepare(staff);
    const customers = await prepare(customer);
    expect((await pipeline.execute(customers)).data).toEqual({ flight: { code: 'KE1', revenue: null } });
    expect(fetched()).not.toContain('revenue');
    // The same plan is shared by all who may see the same.
    expect((await prepare(kim)).planned).toBe(customers.planned);
    expect((await prepare(everyone)).planned).toBe(staffs.planned);
    // The control: a plan that is found without what its caller may see.
    const leaked = await pipeline.execute({ ...staffs, client: clientOf(customer) });
    expect(leaked.data).toEqual({ flight: { code: 'KE1', revenue: 100 } });
  });

  test('of a document that another caller has brought, by its text or by its hash, are for who asks', async () => {
    const { pipeline, snapshot } = accessOver(subgraphs);
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(QUERY).digest('hex') };
    const ask = async (caller: Caller, query?: string) => {
      const prepared = await pipeline.prepare({ query, extensions: { persistedQuery } }, clientOf(caller));
      return isRefused(prepared) ? prepared.status : (await pipeline.execute(prepared)).data;
    };
    expect(await ask(staff, QUERY)).toEqual({ flight: { code: 'KE1', revenue: 100 } });
    expect(await ask(customer)).toEqual({ flight: { code: 'KE1', revenue: null } });
    expect(await ask(anonymous)).toBe(401);
    expect(await ask(staff)).toEqual({ flight: { code: 'KE1', revenue: 100 } });
    // They share the document.
    expect(snapshot().documents.size).toBe(1);
  });
});

test('members of the hub have authorities of their own', () => {
  expect(member('kim').authority.key).not.toBe(member('lee').authority.key);
  // What staff may see does not depend on who of them asks.
  const [first, second] = ['kim', 'lee'].map((subject) => authorityOf({ ...staff, subject }).key);
  expect(first).toBe(second);
});
