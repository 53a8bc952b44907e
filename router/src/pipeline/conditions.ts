import { withCode } from '@airline/service/server';
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLError,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

/** What the variables of `@skip` and `@include` are in one request. */
export type Decisions = ReadonlyMap<string, boolean>;

type Conditional = FieldNode | InlineFragmentNode | FragmentSpreadNode;

const conditionsOf = ({ directives = [] }: Conditional) =>
  directives.flatMap((directive) => {
    const isSkip = directive.name.value === 'skip';
    const condition = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
    const applies = isSkip || directive.name.value === 'include';
    return applies && condition ? [{ isSkip, condition }] : [];
  });

const isCondition = ({ name }: DirectiveNode) => name.value === 'skip' || name.value === 'include';

/** The variables that decide what an operation selects, in order of their names. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  const collect = (node: Conditional) => {
    for (const { condition } of conditionsOf(node)) {
      if (condition.kind === Kind.VARIABLE) names.add(condition.name.value);
    }
  };
  visit(document, { Field: collect, InlineFragment: collect, FragmentSpread: collect });
  return [...names].sort();
}

/**
 * @param original the client's name of a variable that the document has under another
 * @throws GraphQLError for a null where a condition is due, which validation lets pass for a variable with a default
 */
export function decide(
  names: readonly string[],
  { variableDefinitions = [] }: OperationDefinitionNode,
  original: ReadonlyMap<string, string>,
  variables: Readonly<Record<string, unknown>>,
): Decisions {
  return new Map(
    names.map((name) => {
      const definition = variableDefinitions.find(({ variable }) => variable.name.value === name);
      const initial = definition?.defaultValue;
      const field = original.get(name) ?? name;
      const given = Object.hasOwn(variables, field) ? variables[field] : undefined;
      const value = given === undefined && initial?.kind === Kind.BOOLEAN ? initial.value : given;
      if (typeof value === 'boolean') return [name, value];
      const message = `Variable "$${field}" decides what is selected: it must be true or false.`;
      throw withCode(new GraphQLError(message, { extensions: { field } }), 'BAD_USER_INPUT');
    }),
  );
}

/** The document without conditions: what they exclude is gone, what they include is unconditional. */
export function resolveConditions(document: DocumentNode, decisions: Decisions): DocumentNode {
  const resolve = (node: Conditional): Conditional | null | undefined => {
    const conditions = conditionsOf(node);
    if (conditions.length === 0) return undefined;
    const isExcluded = conditions.some(({ isSkip, condition }) => {
      const value = condition.kind === Kind.VARIABLE ? decisions.get(condition.name.value) : undefined;
      return (condition.kind === Kind.BOOLEAN ? condition.value : value) === isSkip;
    });
    if (isExcluded) return null;
    return { ...node, directives: node.directives?.filter((directive) => !isCondition(directive)) ?? [] };
  };
  return visit(document, { Field: resolve, InlineFragment: resolve, FragmentSpread: resolve });
}

/** An operation with the fragments that it uses, itself first. */
export function operationDocument(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const used = new Set<FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(fragment)) return;
        used.add(fragment);
        collect(fragment);
      },
    });
  };
  collect(operation);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...used] };
}
