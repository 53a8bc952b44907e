import type { GraphQLResponse } from '@airline/testing';
import fc from 'fast-check';
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql';
import { expect, test } from 'vitest';
import { comparable } from './comparable.ts';
import { anyOperation, type Operation } from './operations.ts';
import { isPermitted } from './permitted.ts';
import { type ServedGraph, serveGraph } from './router.fixture.ts';
import { anyWorld, type Customer, callers, customers, markOf, type Who } from './world.ts';

// As at the subgraphs, through the router: what a customer gets is what they would get if there were nobody else.

const OPERATIONS = Number(process.env.OWNERSHIP_RUNS ?? 300);
const PLACED = 'ReservationPlaced' as const;
const who = fc.constantFrom(...(Object.keys(callers) as Who[]));
const isCustomer = (name: Who): name is Customer => customers.some((each) => each === name);

interface Graphs {
  readonly full: ServedGraph;
  readonly alone: Readonly<Record<Customer, ServedGraph>>;
}

test('the router shows each caller what is theirs, and all of it', async () => {
  // A history whose owner is not known yet is shown to those alone who read all.
  const placed = anyWorld.map((world) =>
    world.map((booked) => ({ ...booked, steps: [...new Set([PLACED, ...booked.steps])] })),
  );
  const [world = []] = fc.sample(placed, { numRuns: 1, seed: 17 });
  const [full, kim, lee, nobody] = await Promise.all([
    serveGraph(world),
    ...customers.map((customer) => serveGraph(world, customer)),
  ]);
  if (!full || !kim || !lee || !nobody) throw new Error('There are three customers.');
  const operations = anyOperation(await schemaOf(full));
  await fc.assert(
    fc.asyncProperty(who, operations, (caller, operation) =>
      check({ full, alone: { kim, lee, new: nobody } }, caller, operation),
    ),
    { numRuns: OPERATIONS, seed: 17, endOnFailure: true },
  );
}, 300_000);

async function schemaOf(graph: ServedGraph): Promise<GraphQLSchema> {
  const { data } = await graph.ask('staff', getIntrospectionQuery());
  // The result of that query.
  return buildClientSchema(data as IntrospectionQuery);
}

async function check(graphs: Graphs, name: Who, operation: Operation): Promise<void> {
  const { text, kind } = operation;
  const isAllowed = isFor(name, operation);
  // What is changed is changed where there is nobody else, too; those who act for others would change it there for strangers.
  if (kind === 'mutation' && !isCustomer(name) && isAllowed) return;
  const response = await graphs.full.ask(name, text);
  const context = `${name}: ${text}\n${JSON.stringify(response)}`;
  if (callers[name].roles.length === 0 && !isAllowed) {
    const errors = [{ extensions: { code: 'UNAUTHENTICATED' } }];
    expect(response, context).toMatchObject({ status: 401, errors });
    expect(response.data, context).toBeUndefined();
    return;
  }
  expectRefused(response, name, operation, context);
  if (isCustomer(name)) return await checkCustomer(graphs.alone[name], name, operation, response, context);
  // Of those who read all, each is shown the same.
  const other = name === 'staff' ? 'operator' : 'staff';
  if (name !== 'anonymous' && isAllowed && isFor(other, operation))
    expect(response, context).toEqual(await graphs.full.ask(other, text));
}

const isFor = (name: Who, { selected }: Operation): boolean =>
  selected.every((coordinate) => isPermitted(callers[name].roles, coordinate));

/** What is refused is null, and nothing else is refused. */
function expectRefused(
  { data, errors = [] }: GraphQLResponse,
  name: Who,
  operation: Operation,
  context: string,
) {
  const refusals = errors.filter(({ extensions }) => extensions?.code === 'FORBIDDEN');
  if (operation.kind === 'query' && isFor(name, operation)) expect(refusals, context).toEqual([]);
  const roots = operation.selected.filter((coordinate) => /^(Query|Mutation)\./.test(coordinate));
  if (!isFor(name, { ...operation, selected: roots })) expect(refusals, context).not.toEqual([]);
  for (const { path = [] } of refusals) expect(at(data, path), context).toBeNull();
}

async function checkCustomer(
  alone: ServedGraph,
  name: Customer,
  operation: Operation,
  response: GraphQLResponse,
  context: string,
): Promise<void> {
  const { text, kind, selected } = operation;
  const data = JSON.stringify(response.data ?? null);
  // The ids of flights have marks, too, and flights are everybody's.
  const isMarked = (owner: Customer) => text.includes(markOf(owner)) || selected.includes('Query.flights');
  for (const stranger of customers) {
    if (stranger !== name && !isMarked(stranger)) expect(data, context).not.toContain(markOf(stranger));
  }
  const undisturbed = await alone.ask(name, text);
  expect(comparable(response), context).toEqual(comparable(undisturbed));
  if (kind === 'query' && isFor(name, operation) && isFor('staff', operation))
    expect(undisturbed, context).toEqual(await alone.ask('staff', text));
}

/** The value at a path, or the null on the way to it. */
const at = (data: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, step) => (value === null ? null : (Object(value)[step] ?? null)),
    data ?? null,
  );
