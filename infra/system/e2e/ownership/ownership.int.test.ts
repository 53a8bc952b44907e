import { loadSubgraph } from '@airline/local/subgraphs';
import { services } from '@airline/schema/events';
import { everyone } from '@airline/service';
import {
  type GraphQLResponse,
  type PostgresServer,
  present,
  requires,
  startPostgresServer,
} from '@airline/testing';
import type { SubgraphServer } from '@airline/testing/serve';
import { getTableName } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparable } from './comparable.ts';
import { anyOperation, type Operation } from './operations.ts';
import { isPermitted } from './permitted.ts';
import { schemaOf, serveWorld } from './subgraphs.fixture.ts';
import { valuesOf } from './values.ts';
import { anyWorld, type Customer, callers, customers, markOf, rowsOf, tablesOf, type Who } from './world.ts';

// Random operations of random callers. What a customer gets is what they would get if there were nobody else, and what those
// who read all get is what everyone gets: so nothing is learnt of strangers, and nothing is withheld.

const WORLDS = 2;
const OPERATIONS = 200;
const who = fc.constantFrom(...(Object.keys(callers) as Who[]));

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

const isCustomer = (name: Who): name is Customer => customers.some((each) => each === name);

/** Flights are everybody's. */
const customersData = services.filter((name) => name !== 'flight');

const REFUSAL = /^(FORBIDDEN|UNAUTHENTICATED)$/;
/** What a subgraph says of its own faults: with them, everybody would see the same. */
const FAULT = /^(INTERNAL_SERVER_ERROR|TRY_AGAIN_LATER)$/;

describe.each(['SQLite', 'PostgreSQL'])('on %s', requires('postgres').options, (database) => {
  test.each(customersData)(
    'the %s subgraph shows each caller what is theirs, and all of it',
    async (name) => {
      const operations = anyOperation(schemaOf(name), valuesOf(name));
      for (const world of fc.sample(anyWorld, { numRuns: WORLDS, seed: 17 })) {
        const start = (only?: Customer) =>
          serveWorld(name, { world, only, postgres: database === 'SQLite' ? undefined : postgres });
        const full = await start();
        const alone = { kim: await start('kim'), lee: await start('lee'), new: await start('new') };
        await fc.assert(
          fc.asyncProperty(who, operations, (caller, operation) => check({ full, alone }, caller, operation)),
          { numRuns: OPERATIONS, seed: 17, endOnFailure: true },
        );
      }
    },
    300_000,
  );
});

test.each(services)('each table of %s has rows or a reason, and those of customers differ', (name) => {
  const worlds = fc.sample(anyWorld, { numRuns: WORLDS, seed: 17 });
  const tables = worlds.flatMap((world) => tablesOf(name, world));
  const filled = new Set(tables.filter(([, rows]) => rows.length > 0).map(([table]) => table));
  expect(tables.map(([table]) => table).filter((table) => !filled.has(table))).toEqual([]);
  const [world = []] = worlds;
  if (name !== 'flight') expect(rowsOf(name, world, 'kim')).not.toEqual(rowsOf(name, world, 'lee'));
});

test.each(services)('a table of %s that no query is said to read is read by none', async (name) => {
  const [world = []] = fc.sample(anyWorld, { numRuns: 1, seed: 17 });
  const server = await serveWorld(name, { world });
  const operations = fc.sample(anyOperation(schemaOf(name), valuesOf(name)), {
    numRuns: OPERATIONS,
    seed: 17,
  });
  const selects = await server.selects(async () => {
    for (const { text, kind } of operations) if (kind === 'query') await server.ask(text);
  });
  const { tables } = await loadSubgraph(name);
  const unread = tablesOf(name, world).filter(([, rows]) => rows === 'no query reads them');
  const read = unread.filter(([table]) => {
    const quoted = `"${getTableName(present(tables[table], table))}"`;
    return selects.some((text) => text.includes(quoted));
  });
  expect(selects).not.toEqual([]);
  expect(read).toEqual([]);
});

interface Servers {
  /** It has the rows of all. */
  readonly full: SubgraphServer;
  /** Each has those of one customer alone. */
  readonly alone: Readonly<Record<Customer, SubgraphServer>>;
}

async function check(
  { full, alone }: Servers,
  name: Who,
  { text, kind, selected }: Operation,
): Promise<void> {
  const caller = callers[name];
  const isAllowed = selected.every((coordinate) => isPermitted(caller.roles, coordinate));
  // What is changed is changed where there is nobody else, too; those who act for others would change it there for strangers.
  if (kind === 'mutation' && !isCustomer(name) && isAllowed) return;

  const response = await full.as(caller).ask(text);
  const context = `${name}: ${text}\n${JSON.stringify(response)}`;
  const codes = response.errors?.map(({ extensions }) => extensions?.code) ?? [];
  expect(codes, context).not.toContainEqual(expect.stringMatching(FAULT));
  if (isAllowed && kind === 'query')
    expect(codes, context).not.toContainEqual(expect.stringMatching(REFUSAL));
  const isRootDenied = selected.some(
    (coordinate) => /^(Query|Mutation)\./.test(coordinate) && !isPermitted(caller.roles, coordinate),
  );
  if (isRootDenied) expect(codes, context).toContainEqual(expect.stringMatching(REFUSAL));
  if (caller.roles.length === 0) expect(codes, context).not.toContain('FORBIDDEN');
  expectPermitted(response, context);

  if (!isCustomer(name)) {
    if (!isAllowed) return;
    expect(response, context).toEqual(await full.ask(text));
    return;
  }
  const data = JSON.stringify(response.data ?? null);
  for (const stranger of customers) {
    // The caller may have named a flight; data of a stranger's is in no response.
    if (stranger !== name && !text.includes(markOf(stranger)))
      expect(data, context).not.toContain(markOf(stranger));
  }
  const undisturbed = await alone[name].as(caller).ask(text);
  expect(comparable(response), context).toEqual(comparable(undisturbed));
  if (isAllowed && kind === 'query')
    expect(undisturbed, context).toEqual(await alone[name].as(everyone).ask(text));
}

/** Where a field was refused, there is nothing. */
function expectPermitted({ data, errors = [] }: GraphQLResponse, message: string): void {
  for (const { path = [], extensions } of errors) {
    if (!REFUSAL.test(extensions?.code ?? '')) continue;
    let value: unknown = data;
    for (const step of path) value = Object(value)[step];
    expect(value ?? null, message).toBeNull();
  }
}
