import { withCode } from '@airline/service/server';
import { GraphQLError } from 'graphql';

/** Selections that are written at most: one of an abstract type may become one for each of its types, at each level. */
const MOST_SELECTIONS = 10_000;

/**
 * Counts the selections that an operation is written with, one a call.
 *
 * @param most says what there may be at most so many of, for the client
 * @returns throws a GraphQLError DOCUMENT_LIMIT_EXCEEDED when there are more
 */
export function selectionBudget(most: (count: number) => string): () => void {
  let left = MOST_SELECTIONS;
  return () => {
    left -= 1;
    if (left < 0) throw withCode(new GraphQLError(most(MOST_SELECTIONS)), 'DOCUMENT_LIMIT_EXCEEDED');
  };
}
