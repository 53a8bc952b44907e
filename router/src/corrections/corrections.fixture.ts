import { everyone } from '@airline/service/server';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { executeQueryPlan } from '@apollo/gateway';
import { type PlanNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { composeSubgraphs, link, type Resolvers } from '../composition.fixture.ts';
import { executeOperation } from '../executor/executor.ts';
import { planOnly } from '../pipeline/plan.fixture.ts';
import { authorityOf } from '../request.ts';
import type { SubgraphClient } from '../sources/subgraph-request.ts';
import { forGateway } from '../supergraph/gateway-features.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';

/** A subgraph's SDL and resolvers, by its name. */
export type Subgraphs = Record<string, { typeDefs: string; resolvers: Resolvers }>;

export interface Fetch {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

interface RunOptions {
  readonly variables?: Record<string, unknown>;
  /** Labels of progressive overrides that are on. */
  readonly overrides?: readonly string[];
}

export const compose = (subgraphs: Subgraphs): string =>
  composeSubgraphs(
    Object.entries(subgraphs).map(([name, { typeDefs }]) => ({
      name,
      url: `http://${name}`,
      typeDefs: `${link} ${typeDefs}`,
    })),
  );

/** Subgraphs within this process, as they are asked and as the router's clients of them. */
export function allInProcess(subgraphs: Subgraphs, fetches: Fetch[]) {
  const asks = new Map(
    Object.entries(subgraphs).map(([name, subgraph]) => [name, inProcess(name, subgraph, fetches)]),
  );
  const clients = [...asks].map(([name, ask]): [string, SubgraphClient] => {
    const send: SubgraphClient['send'] = async ({ body }) => {
      const { query, variables } = JSON.parse(body);
      const { data = null, errors = [] } = await ask(query, variables);
      return { data, errors };
    };
    return [name, { name, send }];
  });
  return { asks, clients: Object.fromEntries(clients) };
}

/** Plans and executes an operation over in-process subgraphs as the router does; a subscription, for one event. */
export async function run(
  subgraphs: Subgraphs,
  query: string,
  { variables = {}, overrides = [] }: RunOptions = {},
) {
  const fetches: Fetch[] = [];
  const { asks, clients } = allInProcess(subgraphs, fetches);
  const snapshot = createSnapshot(forGateway(compose(subgraphs)), clients);
  valid(snapshot.schema, query);
  const labels = new Map(overrides.map((label) => [label, true] as const));
  const planned = planOnly(query, snapshot, { variables }, labels);
  const client = {
    authority: authorityOf(everyone),
    source: 'test',
    forwarded: {},
  };
  const upstream = planned.compiled.plan.primary?.upstream(variables);
  const event = upstream && (await asks.get(upstream.subgraph)?.(upstream.query, upstream.variables));
  const { data, errors = [] } = await executeOperation({
    compiled: planned.compiled,
    variables,
    client,
    event,
  });
  return { ...resultOf(data, errors), fetches };
}

/** The same as `@apollo/gateway` does it, for comparison. */
export async function runByGateway(subgraphs: Subgraphs, query: string, { variables = {} }: RunOptions = {}) {
  const fetches: Fetch[] = [];
  const supergraph = Supergraph.build(compose(subgraphs));
  const api = supergraph.apiSchema();
  const schema = api.toGraphQLJSSchema();
  const document = valid(schema, query);
  const plan = new QueryPlanner(supergraph).buildQueryPlan(operationFromDocument(api, document));
  const sources = Object.entries(subgraphs).map(([name, subgraph]) => {
    const ask = inProcess(name, subgraph, fetches);
    return [
      name,
      { process: ({ request }: { request: Request }) => ask(request.query ?? '', request.variables ?? {}) },
    ];
  });
  const { data, errors = [] } = await executeQueryPlan(
    asSequence(plan),
    Object.fromEntries(sources),
    requestOf(variables),
    contextOf(schema, document),
    supergraph.schema.toGraphQLJSSchema(),
    api,
  );
  return { ...resultOf(data, errors), fetches };
}

interface Request {
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
}

interface RawError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
}

const resultOf = (data: unknown, errors: readonly unknown[]) => ({
  data: plain(data),
  // All that is read of an error, whatever it is.
  errors: (errors as readonly RawError[]).map(({ message, path }) => ({ message, path })),
});

export function valid(schema: GraphQLSchema, query: string): DocumentNode {
  const document = parse(query);
  const [invalid] = validate(schema, document);
  if (invalid) throw invalid;
  return document;
}

export function inProcess(
  subgraph: string,
  { typeDefs, resolvers }: Subgraphs[string],
  fetches: Fetch[],
): (query: string, variables: Record<string, unknown>) => Promise<ExecutionResult> {
  const schema = buildSubgraphSchema({ typeDefs: parse(`${link} ${typeDefs}`), resolvers });
  return async (query: string, variables: Record<string, unknown>) => {
    fetches.push({ subgraph, query, variables });
    const document = valid(schema, query);
    return plain(await execute({ schema, document, variableValues: variables }));
  };
}

/** A subscription's plan as that of one event: what its primary fetch returns, then the rest. */
function asSequence({ node }: QueryPlan): QueryPlan {
  if (node?.kind !== 'Subscription') return { kind: 'QueryPlan', ...(node ? { node } : {}) };
  const nodes: PlanNode[] = [node.primary, ...(node.rest ? [node.rest] : [])];
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
}

type ExecuteParameters = Parameters<typeof executeQueryPlan>;

// Of Apollo Server's request context the gateway's executor reads these alone.
export const requestOf = (variables: Readonly<Record<string, unknown>>) =>
  ({ request: { variables }, metrics: {}, context: {} }) as unknown as ExecuteParameters[2];

export function contextOf(schema: GraphQLSchema, { definitions }: DocumentNode): ExecuteParameters[3] {
  const operation = definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const fragments = definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  );
  if (!operation) throw new Error('There is no operation.');
  return {
    schema,
    operation,
    fragments: Object.fromEntries(fragments.map((node) => [node.name.value, node])),
  };
}

/** What JSON would carry of a value. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value ?? null));
