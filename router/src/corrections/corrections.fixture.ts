import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import { type PlanNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { composeSubgraphs, link, type Resolvers } from '../composition.fixture.ts';
import {
  correctDataSource,
  correctPlan,
  correctSupergraph,
  isolateAliases,
  plannerConfig,
  refuseIncompletePlan,
  restoreErrorPaths,
} from './index.ts';

/** A subgraph's SDL and resolvers, by its name. */
export type Subgraphs = Record<string, { typeDefs: string; resolvers: Resolvers }>;

export interface Fetch {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

export const compose = (subgraphs: Subgraphs): string =>
  composeSubgraphs(
    Object.entries(subgraphs).map(([name, { typeDefs }]) => ({
      name,
      url: `http://${name}`,
      typeDefs: `${link} ${typeDefs}`,
    })),
  );

const nothingToCorrect = {
  reserved: new Set<string>(),
  fields: new Map(),
  requirements: new Map(),
  renamings: new Map(),
};

/** Plans an operation and executes it over in-process subgraphs as the gateway does; as it is, or corrected. */
export async function run(
  subgraphs: Subgraphs,
  query: string,
  { corrected = true, variables = {} }: { corrected?: boolean; variables?: Record<string, unknown> } = {},
) {
  const composed = compose(subgraphs);
  const { sdl, translations } = corrected
    ? correctSupergraph(composed)
    : { sdl: composed, translations: nothingToCorrect };
  const supergraph = Supergraph.build(sdl);
  const api = supergraph.apiSchema();
  const schema = api.toGraphQLJSSchema();
  const given = parse(query);
  const [invalid] = validate(schema, given);
  if (invalid) throw invalid;
  const isolated = corrected ? isolateAliases(given, translations) : undefined;
  const document = isolated?.document ?? given;
  const operation = operationFromDocument(api, document);
  const planned = new QueryPlanner(supergraph, {
    exposeDocumentNodeInFetchNode: true,
    ...(corrected && plannerConfig),
  }).buildQueryPlan(operation);
  if (corrected) refuseIncompletePlan(planned, operation);
  const plan = correctPlan(planned, translations);
  const fetches: Fetch[] = [];
  const { data, errors = [] } = await executeQueryPlan(
    asSequence(plan),
    Object.fromEntries(
      Object.entries(subgraphs).map(([name, { typeDefs, resolvers }]) => {
        const subgraph = buildSubgraphSchema({ typeDefs: parse(`${link} ${typeDefs}`), resolvers });
        const source = inProcess(name, subgraph, fetches);
        return [name, corrected ? correctDataSource(source, name, translations) : source];
      }),
    ),
    requestOf(variables),
    contextOf(schema, document),
    supergraph.schema.toGraphQLJSSchema(),
    api,
  );
  const withPaths = restoreErrorPaths(errors, translations);
  const restored = isolated?.restoreErrors(withPaths) ?? withPaths;
  return {
    data: plain(isolated?.restoreData(data) ?? data),
    errors: restored.map(({ message, path }) => ({ message, path })),
    fetches,
    plan,
  };
}

/** A subscription's plan as that of one event: what its primary fetch returns, then the rest. */
function asSequence({ node }: QueryPlan): QueryPlan {
  if (node?.kind !== 'Subscription') return { kind: 'QueryPlan', ...(node ? { node } : {}) };
  const nodes: PlanNode[] = [node.primary, ...(node.rest ? [node.rest] : [])];
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
}

function inProcess(name: string, schema: GraphQLSchema, fetches: Fetch[]): GraphQLDataSource {
  return {
    process: async ({ request: { query = '', variables = {} } }) => {
      fetches.push({ subgraph: name, query, variables });
      const document = parse(query);
      const [invalid] = validate(schema, document);
      if (invalid) throw invalid;
      return plain(await execute({ schema, document, variableValues: variables }));
    },
  };
}

type ExecuteParameters = Parameters<typeof executeQueryPlan>;

const requestOf = (variables: Record<string, unknown>) =>
  ({ request: { variables }, metrics: {}, context: {} }) as unknown as ExecuteParameters[2];

function contextOf(schema: GraphQLSchema, { definitions }: DocumentNode): ExecuteParameters[3] {
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
