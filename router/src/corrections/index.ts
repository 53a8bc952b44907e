/**
 * What keeps `@apollo/gateway`'s planner from silently wrong data, as pure functions around it:
 *
 *     const { sdl, translations } = correctSupergraph(supergraphSdl);   // plan with Supergraph.build(sdl)
 *     const isolated = isolateNames(validDocument, translations);
 *     const byType = selectByType(isolated.document, apiSchema, fragments); // where subgraphs have interface objects
 *     const marked = markNumbers(byType, apiSchema);                    // plan this one
 *     const plan = new QueryPlanner(supergraph, plannerConfig).buildQueryPlan(operation);
 *     refuseIncompletePlan(plan, operation);                            // throws a GraphQLError
 *     refuseUnmetRequires(plan, supergraph.subgraphs());                // the same
 *     const corrected = correctPlan(plan, translations);
 *     const exact = restoreNumbers(corrected);                          // compile this one
 */
export { type IsolatedDocument, isolateNames } from './client-names.ts';
export { correctPlan } from './correct-plan.ts';
export { correctSupergraph } from './correct-supergraph.ts';
export { markNumbers, restoreNumbers } from './exact-literals.ts';
export {
  documentOf,
  operationOf,
  selectionsOf,
  unresolved,
  withoutAlias,
  withoutUnusedVariables,
} from './fetch-document.ts';
export { addFetch, type Fetched, leadsTo, namesOf, sourceOf } from './fetched.ts';
export { refuseIncompletePlan } from './incomplete-plan.ts';
export { argument, overrideLabels } from './join-directives.ts';
export { plannedWithin, plannerConfig } from './planner-config.ts';
export { entityFields, keepFields } from './split-fetch.ts';
export type { EntityKeys, RenamingTree, RequiredOfObjects, Translations } from './translations.ts';
export { selectByType } from './type-conditions.ts';
export { refuseUnmetRequires } from './unmet-requires.ts';
