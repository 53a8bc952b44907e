import type { SubgraphResult } from '@airline/service/server';
import { executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { correctDataSource, restoreErrorPaths } from '../corrections/index.ts';
import type { DataSources } from '../sources/data-source.ts';
import type { Snapshot } from '../supergraph/snapshot.ts';
import type { Execution, Executor } from './execute.ts';

type Arguments = Parameters<typeof executeQueryPlan>;

/**
 * The gateway's own executor. It refuses subscriptions, so a subscription's event runs as the sequence of its first
 * fetch, whose result is the event, and the rest: seeding, rewrites, error paths, null bubbling and the order of fields
 * are then those of a query.
 */
export const gatewayExecutor: Executor = async ({ planned, variables, client, event }) => {
  const { snapshot, operation, fragments, plan } = planned;
  const { schema, supergraphSchema, apiSchema, dataSources } = snapshot;
  const request = { variables: { ...variables } };
  // Of Apollo Server's request context the executor reads these alone; `metrics` must be there.
  const requestContext = { request, context: client, metrics: {} } as unknown as Arguments[2];
  const operationContext: Arguments[3] = { schema, operation, fragments };
  const [sequence, sources] =
    plan.node?.kind === 'Subscription'
      ? eventPlan(plan.node, snapshot, event)
      : ([plan, dataSources] as const);
  const { data, errors, extensions } = await executeQueryPlan(
    sequence,
    sources,
    requestContext,
    operationContext,
    supergraphSchema,
    apiSchema,
  );
  const { restoreData, restoreErrors } = planned.isolated;
  return {
    data: restoreData(data),
    errors: errors && restoreErrors(restoreErrorPaths(errors, snapshot.translations)),
    extensions,
  };
};

function eventPlan(
  { primary, rest }: SubscriptionNode,
  { dataSources, translations }: Snapshot,
  event: Execution['event'],
): readonly [QueryPlan, DataSources] {
  if (!event) throw new Error('A subscription requires an event to be executed.');
  const nodes = rest ? [primary, rest] : [primary];
  const name = primary.serviceName;
  const first = correctDataSource(sourceOf(event), name, translations);
  const sources = { ...dataSources, [name]: firstFrom(first, dataSources[name] ?? first) };
  return [{ kind: 'QueryPlan', node: { kind: 'Sequence', nodes } }, sources];
}

function sourceOf({ data = null, errors }: SubgraphResult): GraphQLDataSource {
  return {
    process: async () => ({ data, ...(errors && { errors: [...errors] }) }),
  };
}

function firstFrom(first: GraphQLDataSource, others: GraphQLDataSource): GraphQLDataSource {
  let next = first;
  return {
    process: (options) => {
      const source = next;
      next = others;
      return source.process(options);
    },
  };
}
