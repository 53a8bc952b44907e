import { type ASTNode, BREAK, type FieldNode, visit } from 'graphql';

/** Whether a field is of the schema itself. The planner never sees one. */
export const isIntrospection = (field: string): boolean => field === '__schema' || field === '__type';

/** Whether something of the schema itself is asked for, wherever. */
export const asksForSchema = (nodes: readonly ASTNode[]): boolean =>
  nodes.some((node) => {
    let isAsked = false;
    const Field = ({ name }: FieldNode) => {
      isAsked ||= isIntrospection(name.value);
      return isAsked ? BREAK : undefined;
    };
    visit(node, { Field });
    return isAsked;
  });
