import { recording } from '@airline/observability/recorded-lines';
import { defaultLimits, everyone } from '@airline/service/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { composeSubgraphs, link, type Resolvers } from '../composition.fixture.ts';
import { noBudgets } from '../cost/budget.ts';
import { executeOperation } from '../executor/executor.ts';
import { persistedDocuments } from '../persisted/documents.ts';
import { memoryStore } from '../persisted/store.ts';
import { isRefused, type Refused } from '../refusal.ts';
import { authorityOf, type Client, type RequestParameters } from '../request.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';
import { createPipeline, type Pipeline, type PipelineOptions } from './pipeline.ts';
import type { Prepared, PrepareOptions } from './prepared.ts';
import type { Snapshot } from './snapshot.ts';

const flightTypes = `${link}
  type Query { flight(id: ID!): Flight, flights: [Flight!]! }
  type Mutation { rename(id: ID!, code: String!): Flight }
  type Subscription { flightUpdated(id: ID = "7", tags: [[String!]!]): Flight! }
  type Flight @key(fields: "id") { id: ID!, code: String!, next: Flight }
`;
const paymentTypes = `${link}
  type Query { paid: Int }
  type Flight @key(fields: "id") { id: ID!, revenue: Int }
`;

const flightOf = (id: string) => ({ __typename: 'Flight', id, code: `KE${id}` });
const resolvers: Record<'flight' | 'payment', Resolvers> = {
  flight: {
    Query: {
      flight: (_: unknown, { id }: { id: string }) => flightOf(id),
      flights: () => ['1', '2'].map(flightOf),
    },
    Mutation: {
      rename: (_: unknown, { id, code }: { id: string; code: string }) => ({ ...flightOf(id), code }),
    },
    Flight: { next: ({ id }: { id: string }) => flightOf(`${id}0`) },
  },
  payment: {
    Query: { paid: () => 7 },
    Flight: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      revenue: ({ id }: { id: string }) => Number(id) * 100,
    },
  },
};

export interface Fetch {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: unknown;
}

function inProcess(subgraph: 'flight' | 'payment', typeDefs: string, fetches: Fetch[]): SubgraphClient {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers[subgraph] });
  return {
    name: subgraph,
    send: async ({ body }) => {
      const { query, variables } = JSON.parse(body);
      fetches.push({ subgraph, query, variables });
      const result = await execute({ schema, document: parse(query), variableValues: variables });
      return JSON.parse(JSON.stringify({ data: null, errors: [], ...result }));
    },
  };
}

export const client: Client = {
  authority: authorityOf(everyone),
  source: 'test',
  forwarded: {},
};

export const NOW = 1_000_000;

/** The real pipeline, with the defaults of tests. */
export const pipelineOf = (
  options: Partial<PipelineOptions> & Pick<PipelineOptions, 'snapshot' | 'now' | 'logger'>,
): Pipeline =>
  createPipeline({
    persisted: persistedDocuments({ store: memoryStore(), trusted: { mode: 'off', texts: new Map() } }),
    execute: executeOperation,
    introspection: true,
    overrides: () => new Map(),
    limits: defaultLimits,
    costLimit: 0,
    budgets: noBudgets,
    responseLimits: { bytes: 1_000_000, objects: 10_000 },
    ...options,
  });

/** The real pipeline over two subgraphs within this process; it counts how often an operation is planned. */
export function createTestPipeline({
  plan,
  level,
  ...overrides
}: Partial<PipelineOptions> & { plan?: Snapshot['plan']; level?: 'debug' } = {}) {
  const { logger, lines } = recording(level);
  const fetches: Fetch[] = [];
  const supergraphSdl = composeSubgraphs([
    { name: 'flight', url: 'http://flight', typeDefs: flightTypes },
    { name: 'payment', url: 'http://payment', typeDefs: paymentTypes },
  ]);
  let plans = 0;
  const create = (): Snapshot => {
    const snapshot = createSnapshot(supergraphSdl, {
      flight: inProcess('flight', flightTypes, fetches),
      payment: inProcess('payment', paymentTypes, fetches),
    });
    return {
      ...snapshot,
      plan: (...given) => {
        plans += 1;
        return (plan ?? snapshot.plan)(...given);
      },
    };
  };
  let snapshot = create();
  const pipeline = pipelineOf({ snapshot: () => snapshot, now: () => NOW, logger, ...overrides });

  const prepare = (query: string, more: Omit<RequestParameters, 'query'> & PrepareOptions = {}) => {
    const { readOnly = false, increments = false, ...parameters } = more;
    return pipeline.prepare({ query, ...parameters }, client, { readOnly, increments });
  };
  const prepared = async (query: string, more?: Parameters<typeof prepare>[1]): Promise<Prepared> => {
    const outcome = await prepare(query, more);
    if (isRefused(outcome)) throw new Error(JSON.stringify(outcome.errors));
    return outcome;
  };
  return {
    pipeline,
    lines,
    fetches,
    plans: () => plans,
    snapshot: () => snapshot,
    reload: () => {
      snapshot = create();
    },
    prepare,
    prepared,
    refused: async (query: string, more?: Parameters<typeof prepare>[1]): Promise<Refused> => {
      const outcome = await prepare(query, more);
      if (!isRefused(outcome)) throw new Error(`Not refused: ${query.slice(0, 100)}`);
      return outcome;
    },
    run: async (query: string, more?: Parameters<typeof prepare>[1]) =>
      JSON.parse(JSON.stringify(await pipeline.execute(await prepared(query, more)))),
  };
}
