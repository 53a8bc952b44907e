/**
 * What keeps `@apollo/gateway` from silently wrong data, as pure functions around its planner:
 *
 *     const { sdl, translations } = correctSupergraph(supergraphSdl);   // plan with Supergraph.build(sdl)
 *     const isolated = isolateAliases(validDocument, translations);      // plan and execute isolated.document
 *     const plan = new QueryPlanner(supergraph, plannerConfig).buildQueryPlan(operation);
 *     refuseIncompletePlan(plan, operation);                             // throws a GraphQLError
 *     const corrected = correctPlan(plan, translations);                 // once per plan; keep this one
 *     correctDataSource(source, 'flight', translations);                 // once per data source
 *     isolated.restoreData(result.data);                                 // per result
 *     isolated.restoreErrors(restoreErrorPaths(result.errors, translations));
 */
export { type IsolatedDocument, isolateAliases } from './client-aliases.ts';
export { correctDataSource, translateRepresentations } from './correct-data-source.ts';
export { correctPlan } from './correct-plan.ts';
export { correctSupergraph } from './correct-supergraph.ts';
export { restoreErrorPaths } from './error-paths.ts';
export { refuseIncompletePlan } from './incomplete-plan.ts';
export { plannerConfig } from './planner-config.ts';
export type { SyntheticField, Translations } from './translations.ts';
