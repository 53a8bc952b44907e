import { type ConstDirectiveNode, type DefinitionNode, type FieldDefinitionNode, Kind } from 'graphql';
import { accessDirective, PUBLIC, policies } from '../access.ts';
import { subgraphTypeDefs } from '../type-defs.ts';
import type { Subgraph } from './subgraphs.ts';

/** An output field for which the graph does not say who may see it, a rule that nobody meets, or a mutation for anyone. */
export interface RuleFault {
  subgraph: string;
  /** A schema coordinate: `Flight.cost`, or `Flight`. */
  coordinate: string;
  message: string;
  /** Of the subgraph's SDL; absent for what is not written there. */
  line?: number;
}

const FOR_ANYONE = `Anyone could change data. Give it @authenticated, @requiresScopes or @policy, not @tag(name: "${PUBLIC}").`;

const REMEDY = `Give the field or its type @tag(name: "${PUBLIC}"), @authenticated, @requiresScopes or @policy.`;

/**
 * The output fields of subgraphs without a rule of who may see them, their own or their type's in the same subgraph, the
 * rules that name an unknown policy, and mutations that are public. What a type has in another subgraph does not count.
 */
export function ruleFaults(subgraphs: readonly Subgraph[]): RuleFault[] {
  return subgraphs.flatMap(({ name: subgraph, sdl }) => {
    const types = Map.groupBy(
      subgraphTypeDefs(subgraph, sdl).definitions.filter(hasFields),
      (node) => node.name.value,
    );
    return [...types].flatMap(([type, nodes]) => {
      const isCovered = nodes.some(({ directives }) => directives?.some(accessDirective));
      const fields = nodes.flatMap(({ fields = [] }) => fields);
      const uncovered = isCovered
        ? []
        : fields.filter(({ directives }) => !directives?.some(accessDirective));
      const fault = (at: TypeNode | FieldDefinitionNode, message: string): RuleFault => {
        const coordinate = at.kind === Kind.FIELD_DEFINITION ? `${type}.${at.name.value}` : type;
        return { subgraph, coordinate, message, ...(at.loc && { line: at.loc.startToken.line }) };
      };
      return [
        ...uncovered.map((field) => fault(field, `There is no rule of who may see it. ${REMEDY}`)),
        ...[...nodes, ...fields].flatMap((node) =>
          unknownPolicies(node.directives).map((message) => fault(node, message)),
        ),
        ...(type === 'Mutation' ? [...nodes, ...fields] : [])
          .filter(({ directives }) => directives?.some((each) => accessDirective(each)?.name === PUBLIC))
          .map((node) => fault(node, FOR_ANYONE)),
      ];
    });
  });
}

type TypeNode = Extract<DefinitionNode, { readonly fields?: readonly FieldDefinitionNode[] | undefined }>;

const hasFields = (node: DefinitionNode): node is TypeNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION ||
  node.kind === Kind.OBJECT_TYPE_EXTENSION ||
  node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  node.kind === Kind.INTERFACE_TYPE_EXTENSION;

function unknownPolicies(directives: readonly ConstDirectiveNode[] = []): string[] {
  return directives.flatMap((directive) => {
    const rule = accessDirective(directive);
    if (rule?.name !== 'policy') return [];
    const named = new Set(rule.alternatives.flat());
    const message = (name: string) => `Nobody has the policy "${name}"; there are ${policies.join(', ')}.`;
    return [...named].filter((name) => !policies.includes(name)).map(message);
  });
}
