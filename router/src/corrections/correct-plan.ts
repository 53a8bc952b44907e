import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { type FieldNode, Kind, visit } from 'graphql';
import { documentOf, unresolved, withDocument } from './fetch-document.ts';
import { splitFetch } from './split-fetch.ts';
import type { Translations } from './translations.ts';

/**
 * The plan as subgraphs understand it: synthetic fields are asked for as what they stand for, under an alias, and a
 * fetch of entities that would need one field with different arguments is several. The data stays under the synthetic
 * names until representations are written. The same object when the plan has no synthetic field.
 */
export function correctPlan(plan: QueryPlan, translations: Translations): QueryPlan {
  if (translations.fields.size === 0 || plan.node === undefined) return plan;
  if (plan.node.kind !== 'Subscription') return { ...plan, node: correctNode(plan.node, translations) };
  const { primary, rest, ...node } = plan.node;
  const after = rest ? { rest: correctNode(rest, translations) } : {};
  return { ...plan, node: { ...node, primary: correctFetch(primary, translations), ...after } };
}

function correctNode(node: PlanNode, translations: Translations): PlanNode {
  const correct = (child: PlanNode) => correctNode(child, translations);
  switch (node.kind) {
    case 'Fetch': {
      const fetches = splitFetch(node, translations).map((fetch) => correctFetch(fetch, translations));
      return fetches.length === 1 && fetches[0] ? fetches[0] : { kind: 'Parallel', nodes: fetches };
    }
    case 'Flatten': {
      const child = correct(node.node);
      if (child.kind !== 'Parallel') return { ...node, node: child };
      return { ...child, nodes: child.nodes.map((branch) => ({ ...node, node: branch })) };
    }
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map(correct) };
    case 'Condition':
      throw unresolved();
    case 'Defer': {
      const { primary, deferred } = node;
      // The parts of a fetch keep its id: what depends on it depends on each.
      const within = <Block extends { node?: PlanNode }>(block: Block): Block =>
        block.node ? { ...block, node: correct(block.node) } : block;
      return { ...node, primary: within(primary), deferred: deferred.map(within) };
    }
  }
}

function correctFetch(fetch: FetchNode, { fields }: Translations): FetchNode {
  let found = false;
  const restore = (node: FieldNode) => {
    const synthetic = fields.get(node.name.value);
    if (!synthetic) return undefined;
    found = true;
    return {
      ...node,
      alias: node.alias ?? node.name,
      name: { kind: Kind.NAME, value: synthetic.field },
      arguments: [...(node.arguments ?? []), ...synthetic.arguments],
    };
  };
  const document = visit(documentOf(fetch), { Field: restore });
  return found ? withDocument(fetch, document) : fetch;
}
