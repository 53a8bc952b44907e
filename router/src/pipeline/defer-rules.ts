import {
  type ArgumentNode,
  type ASTVisitor,
  type DirectiveNode,
  GraphQLError,
  Kind,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';

const argumentOf = ({ arguments: given = [] }: DirectiveNode, name: string): ArgumentNode | undefined =>
  given.find((argument) => argument.name.value === name);

const isDefer = ({ name }: DirectiveNode) => name.value === 'defer';

const isOff = (directive: DirectiveNode): boolean => {
  const condition = argumentOf(directive, 'if')?.value;
  return condition?.kind === Kind.BOOLEAN && !condition.value;
};

/** A label tells parts of a response from each other, so it is a constant that no other part of the document has. */
function labels(context: ValidationContext): ASTVisitor {
  const known = new Map<string, DirectiveNode>();
  const check = (directive: DirectiveNode): void => {
    const label = isDefer(directive) ? argumentOf(directive, 'label') : undefined;
    if (!label || label.value.kind === Kind.NULL) return;
    if (label.value.kind !== Kind.STRING) {
      const message = 'The label of @defer must be a constant string, so that it is known before execution.';
      context.reportError(new GraphQLError(message, { nodes: directive }));
      return;
    }
    const { value } = label.value;
    const other = known.get(value);
    if (other) {
      const message = `The label "${value}" stands at more than one @defer; each needs a label of its own.`;
      context.reportError(new GraphQLError(message, { nodes: [other, directive] }));
    } else known.set(value, directive);
  };
  return { Directive: check };
}

/** The fields of a mutation are executed in order, so none of them can be left for later. */
function mutationRoot(context: ValidationContext): ASTVisitor {
  return {
    Directive: (directive) => {
      const root = context.getSchema().getMutationType();
      if (!isDefer(directive) || !root || context.getParentType() !== root || isOff(directive)) return;
      const message = `@defer is not allowed on fields of "${root.name}", only below them.`;
      context.reportError(new GraphQLError(message, { nodes: directive }));
    },
  };
}

/** The events of a subscription are whole results. Where a variable may turn `@defer` off, it is ignored. */
function subscriptions(context: ValidationContext): ASTVisitor {
  const check = (directive: DirectiveNode): void => {
    const mayBeOff = isOff(directive) || argumentOf(directive, 'if')?.value.kind === Kind.VARIABLE;
    if (!isDefer(directive) || mayBeOff) return;
    const message = 'A subscription cannot have @defer; remove it, or disable it by "if: false".';
    context.reportError(new GraphQLError(message, { nodes: directive }));
  };
  return {
    OperationDefinition: (operation) => {
      if (operation.operation !== 'subscription') return;
      const fragments = context.getRecursivelyReferencedFragments(operation);
      for (const node of [operation, ...fragments]) visit(node, { Directive: check });
    },
  };
}

/** The rules for `@defer` of the incremental delivery specification, which graphql-js 16 does not have. */
export const deferRules: readonly ValidationRule[] = [labels, mutationRoot, subscriptions];
