import type { QueryPlannerConfig } from '@apollo/query-planner';

/** The corrections read what a fetch selects where it stands, so the planner must not move it into named fragments. */
export const plannerConfig = {
  reuseQueryFragments: false,
  generateQueryFragments: false,
} satisfies QueryPlannerConfig;
