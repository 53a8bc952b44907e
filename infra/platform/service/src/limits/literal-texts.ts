import { GraphQLError, type ValidationRule } from 'graphql';
import type { Limits } from './limits.ts';
import { textFault } from './text-fault.ts';

/** A validation rule that refuses what no text of a client may have, for texts in a document. */
export const literalTexts =
  (limits: Limits): ValidationRule =>
  (context) => ({
    StringValue: (node) => {
      const fault = textFault(node.value, limits);
      if (fault !== undefined) context.reportError(new GraphQLError(`A text ${fault}.`, { nodes: node }));
    },
  });
