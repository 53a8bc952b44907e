import { withCode } from '@airline/service/server';
import {
  type ConstValueNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  GraphQLError,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { fragmentsOf } from './selections.ts';

/** What the variables of `@skip`, `@include` and `@defer` are in one request. */
export type Decisions = ReadonlyMap<string, boolean>;

type Conditional = FieldNode | InlineFragmentNode | FragmentSpreadNode;

const isCondition = ({ name }: DirectiveNode) => name.value === 'skip' || name.value === 'include';

const isDefer = ({ name }: DirectiveNode) => name.value === 'defer';

const conditionOf = (directive: DirectiveNode) =>
  directive.arguments?.find(({ name }) => name.value === 'if')?.value;

/** The variables that decide what an operation selects, in order of their names. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const condition = isCondition(directive) || isDefer(directive) ? conditionOf(directive) : undefined;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return [...names].sort();
}

/** Whether a document asks for increments, if its variables say so. */
export function defers(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive: (directive) => {
      found ||= isDefer(directive);
    },
  });
  return found;
}

/** @throws GraphQLError for a null where a condition is due, which validation lets pass for a variable with a default */
export function decide(
  names: readonly string[],
  definitions: readonly VariableDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
): Decisions {
  return new Map(
    names.map((name) => {
      const definition = definitions.find(({ variable }) => variable.name.value === name);
      const initial = definition?.defaultValue;
      const given = Object.hasOwn(variables, name) ? variables[name] : undefined;
      const value = given === undefined ? defaultOf(initial) : given;
      if (typeof value === 'boolean') return [name, value];
      const message = `Variable "$${name}" decides what is selected or deferred: it must be true or false.`;
      throw withCode(new GraphQLError(message, { extensions: { field: name } }), 'BAD_USER_INPUT');
    }),
  );
}

/** Without a value of its own it is a condition of `@defer` alone, whose default is true: the others require one. */
function defaultOf(initial: ConstValueNode | undefined): boolean | undefined {
  if (!initial) return true;
  return initial.kind === Kind.BOOLEAN ? initial.value : undefined;
}

/**
 * The document without conditions: what they exclude is gone, what they include is unconditional. `@defer` stays where it
 * applies.
 *
 * @param increments whether anything may be deferred
 */
export function resolveConditions(
  document: DocumentNode,
  decisions: Decisions,
  increments: boolean,
): DocumentNode {
  const holds = (directive: DirectiveNode): boolean => {
    const condition = conditionOf(directive);
    if (condition?.kind === Kind.VARIABLE) return decisions.get(condition.name.value) === true;
    return condition?.kind !== Kind.BOOLEAN || condition.value;
  };
  const resolve = (node: Conditional): Conditional | null | undefined => {
    const { directives = [] } = node;
    const conditions = directives.filter(isCondition);
    if (conditions.some((directive) => holds(directive) === (directive.name.value === 'skip'))) return null;
    const kept = directives.flatMap((directive) => {
      if (isCondition(directive)) return [];
      if (!isDefer(directive)) return [directive];
      const named = directive.arguments?.filter(({ name }) => name.value !== 'if') ?? [];
      return increments && holds(directive) ? [{ ...directive, arguments: named }] : [];
    });
    return conditions.length > 0 || directives.some(isDefer) ? { ...node, directives: kept } : undefined;
  };
  return visit(document, { Field: resolve, InlineFragment: resolve, FragmentSpread: resolve });
}

/** An operation with the fragments that it uses, itself first. */
export function operationDocument(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const fragments = fragmentsOf(document);
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
