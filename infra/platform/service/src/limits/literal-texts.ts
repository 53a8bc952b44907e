import { type FloatValueNode, GraphQLError, type IntValueNode, type ValidationRule } from 'graphql';
import type { Limits } from './limits.ts';
import { numberFault, textFault } from './text-fault.ts';

/** A validation rule that refuses what no text or number of a client may be, for those in a document. */
export const literalTexts =
  (limits: Limits): ValidationRule =>
  (context) => {
    const number = (node: IntValueNode | FloatValueNode) => {
      const fault = numberFault(Number(node.value));
      if (fault !== undefined) context.reportError(new GraphQLError(`A number ${fault}.`, { nodes: node }));
    };
    return {
      IntValue: number,
      FloatValue: number,
      StringValue: (node) => {
        const fault = textFault(node.value, limits);
        if (fault !== undefined) context.reportError(new GraphQLError(`A text ${fault}.`, { nodes: node }));
      },
    };
  };
