import { createBoundedNames, describeActiveSpan, type Logger, type Metrics } from '@airline/observability';
import type { ApolloServerPlugin } from '@apollo/server';

/** Maximum number of operation names as metric labels. */
export const MOST_OPERATIONS = 200;

/** Characters of an operation's name, and codes of its errors, that a line of the log has. */
const NAME_LENGTH = 100;
const MOST_CODES = 5;

/**
 * Records each operation's duration by name, type and outcome, names the active span and, at level `debug`, logs a line of it:
 * never its variables.
 */
export function operationTelemetry(metrics: Metrics, logger: Logger): ApolloServerPlugin {
  const boundedName = createBoundedNames(MOST_OPERATIONS);
  return {
    requestDidStart: async () => {
      const begun = performance.now();
      return {
        willSendResponse: async ({ request, operation, operationName, errors = [], response: { body } }) => {
          const isExecuted = body.kind === 'single' && body.singleResult.data !== undefined;
          const outcome = !isExecuted ? 'refused' : errors.length > 0 ? 'errors' : 'ok';
          const type = operation?.operation ?? 'unknown';
          const name = boundedName(operationName);
          const seconds = (performance.now() - begun) / 1000;
          if (logger.isLevelEnabled('debug')) {
            const formatted = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
            const codes = [...new Set(formatted.map(({ extensions }) => extensions?.code))];
            logger.debug(
              {
                type,
                operation: operationName?.slice(0, NAME_LENGTH),
                outcome,
                codes: codes.slice(0, MOST_CODES),
                durationMs: Math.round(seconds * 1000),
                requestId: request.http?.headers.get('x-request-id'),
              },
              'operation',
            );
          }
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
