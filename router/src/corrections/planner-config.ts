import type { QueryPlannerConfig } from '@apollo/query-planner';

/**
 * The corrections read what a fetch selects where it stands, so the planner must not move it into named fragments. What is
 * deferred is planned apart.
 */
export const plannerConfig = {
  reuseQueryFragments: false,
  generateQueryFragments: false,
  incrementalDelivery: { enableDefer: true },
} satisfies QueryPlannerConfig;
