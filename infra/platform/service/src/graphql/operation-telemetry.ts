import { createBoundedNames, describeActiveSpan, type Metrics } from '@airline/observability';
import type { ApolloServerPlugin } from '@apollo/server';

/** Maximum number of operation names as metric labels. */
export const MOST_OPERATIONS = 200;

/** Records each operation's duration by name, type and outcome, and names the active span. */
export function operationTelemetry(metrics: Metrics): ApolloServerPlugin {
  const boundedName = createBoundedNames(MOST_OPERATIONS);
  return {
    requestDidStart: async () => {
      const begun = performance.now();
      return {
        willSendResponse: async ({ operation, operationName, errors = [], response: { body } }) => {
          const isExecuted = body.kind === 'single' && body.singleResult.data !== undefined;
          const outcome = !isExecuted ? 'refused' : errors.length > 0 ? 'errors' : 'ok';
          const type = operation?.operation ?? 'unknown';
          const name = boundedName(operationName);
          const seconds = (performance.now() - begun) / 1000;
          metrics.observe('graphql_operation_duration_seconds', seconds, { operation: name, type, outcome });
          describeActiveSpan(`${type} ${name}`, {
            'graphql.operation.type': type,
            'graphql.operation.name': name,
            'graphql.outcome': outcome,
          });
        },
      };
    },
  };
}
