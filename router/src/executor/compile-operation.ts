import { type DocumentNode, type FragmentDefinitionNode, Kind, visit } from 'graphql';
import type { IsolatedDocument } from '../corrections/index.ts';
import type { Overrides } from '../pipeline/overrides.ts';
import type { Snapshot } from '../supergraph/snapshot.ts';
import { type CompiledPlan, compilePlan } from './compile.ts';
import { operationOf } from './fetch-text.ts';
import { compileIntrospection, type Introspect, isIntrospection } from './introspection.ts';
import type { Completer } from './shape/completers.ts';
import { compileShape } from './shape/shape.ts';

/** An operation without conditions, ready to run. */
export interface CompiledOperation {
  readonly plan: CompiledPlan;
  readonly shape: Completer;
  readonly introspect: Introspect | undefined;
}

/**
 * @param document the operation without conditions, and its fragments
 * @throws GraphQLError when the planner refuses
 */
export function compileOperation(
  document: DocumentNode,
  { responseNames: original, variables }: IsolatedDocument,
  overrides: Overrides,
  snapshot: Snapshot,
): CompiledOperation {
  const { schema, supergraphSchema, clients, translations, hasCustomScalars } = snapshot;
  const operation = operationOf(document);
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const planned = plannable(document);
  const plan = compilePlan(snapshot.plan(planned, operationOf(planned), overrides), {
    schema: supergraphSchema,
    client: (subgraph) => {
      const client = clients[subgraph];
      if (!client) throw new Error(`There is no subgraph "${subgraph}".`);
      return client;
    },
    variables,
    renamings: translations.renamings,
    exact: hasCustomScalars,
  });
  return {
    plan,
    shape: compileShape(operation, { schema, fragments, original }),
    introspect: compileIntrospection(operation, fragments, schema),
  };
}

/** What the planner reads: without introspection; what conditions left empty asks for `__typename`, which is not shaped. */
function plannable(document: DocumentNode): DocumentNode {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  return visit(document, {
    Field: ({ name }) => (isIntrospection(name.value) ? null : undefined),
    SelectionSet: {
      leave: (set) => (set.selections.length === 0 ? { ...set, selections: [typename] } : undefined),
    },
  });
}
