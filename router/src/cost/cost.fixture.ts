import { type DocumentNode, parse } from 'graphql';
import { composeSubgraphs } from '../composition.fixture.ts';
import { operationOf } from '../corrections/index.ts';
import type { Snapshot } from '../pipeline/snapshot.ts';
import { createSnapshot } from '../supergraph/snapshot.ts';
import { conditionVariables, decide, resolveConditions } from '../syntax/conditions.ts';
import { fragmentsOf } from '../syntax/selections.ts';
import { costOf } from './cost-of.ts';
import { evaluate, type Variables } from './formula.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@cost", "@listSize"])`;

/** The snapshot of a supergraph of one subgraph. */
export const snapshotOf = (typeDefs: string): Snapshot =>
  createSnapshot(composeSubgraphs([{ name: 'one', url: 'http://one', typeDefs: `${link} ${typeDefs}` }]), {});

/** What an operation costs, as a request for it does. */
export function costIn(snapshot: Snapshot, text: string, variables: Variables = {}): number {
  const document: DocumentNode = parse(text);
  const { variableDefinitions = [] } = operationOf(document);
  const decisions = decide(conditionVariables(document), variableDefinitions, variables);
  const resolved = resolveConditions(document, decisions, false);
  const { schema, costs: model } = snapshot;
  return evaluate(
    costOf(operationOf(resolved), { schema, model, fragments: fragmentsOf(resolved) }),
    variables,
  );
}
