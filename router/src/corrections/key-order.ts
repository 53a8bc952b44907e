import type { ConstDirectiveNode } from 'graphql';
import { argument, type CompositeDefinition } from './join-directives.ts';

/**
 * The type with each graph's resolvable keys before its others. The planner takes a graph's first key that it can
 * satisfy for entering it again after `@requires`, resolvable or not.
 */
export function resolvableKeysFirst<Type extends CompositeDefinition>(type: Type): Type {
  const joins = (type.directives ?? []).filter((directive) => directive.name.value === 'join__type');
  const byGraph = Map.groupBy(joins, (join) => argument(join, 'graph'));
  if (![...byGraph.values()].some(hasBothKinds)) return type;
  const queues = new Map(
    [...byGraph].map(([graph, ofGraph]) => [
      graph,
      [...ofGraph.filter(isResolvable), ...ofGraph.filter((join) => !isResolvable(join))],
    ]),
  );
  const directives = type.directives?.map((directive) =>
    directive.name.value === 'join__type'
      ? (queues.get(argument(directive, 'graph'))?.shift() ?? directive)
      : directive,
  );
  return { ...type, ...(directives ? { directives } : {}) };
}

const isResolvable = (join: ConstDirectiveNode) => argument(join, 'resolvable') !== false;

const hasBothKinds = (joins: readonly ConstDirectiveNode[]) =>
  joins.some(isResolvable) && !joins.every(isResolvable);
