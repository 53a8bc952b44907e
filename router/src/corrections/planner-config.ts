import { withCode } from '@airline/service/server';
import type { QueryPlannerConfig } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';

/**
 * The corrections read what a fetch selects where it stands, so the planner must not move it into named fragments. What is
 * deferred is planned apart. The ways to one field multiply by the types of each interface on the way: ten thousand of them
 * may take minutes, and millions all memory.
 */
export const plannerConfig = {
  reuseQueryFragments: false,
  generateQueryFragments: false,
  incrementalDelivery: { enableDefer: true },
  debug: { pathsLimit: 1_000 },
} satisfies QueryPlannerConfig;

/** How the planner begins to say that there are more; it has no class of errors for it. */
const TOO_MANY = 'Too many options generated';

/** Plans, and says to the client where an operation has too many ways. @throws GraphQLError */
export function plannedWithin<Plan>(plan: () => Plan): Plan {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith(TOO_MANY))) throw error;
    const message =
      'The operation can be fetched in too many ways: nest interfaces and unions less deeply, or split it.';
    throw withCode(new GraphQLError(message), 'DOCUMENT_LIMIT_EXCEEDED');
  }
}
