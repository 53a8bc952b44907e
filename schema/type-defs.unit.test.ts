import { buildASTSchema, GraphQLError, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { deadLetterFieldNames, ownTypeDefs, subgraphTypeDefs } from './type-defs.ts';

const SDL = 'directive @shareable on OBJECT\ntype Query { gate: ID }\ntype Mutation { open: ID }';

describe('subgraphTypeDefs', () => {
  test('adds the shared types and the dead letter fields of the service to its SDL', () => {
    const schema = buildASTSchema(subgraphTypeDefs('gate', SDL));

    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(['gate', 'gateDeadLetters']);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toEqual([
      'open',
      'replayGateDeadLetters',
    ]);
    for (const name of ['Date', 'DateTime', 'SafeInt', 'PageInfo', 'DeadLetter'])
      expect(schema.getType(name), name).toBeDefined();
  });

  test('keeps the lines of the SDL, and has no other lines that a message could name', () => {
    const lines = subgraphTypeDefs('gate', SDL).definitions.map(({ loc }) => loc?.startToken.line);
    expect(lines.filter((line) => line !== undefined)).toEqual([1, 2, 3]);
  });

  test('throws the syntax error of an SDL', () => {
    expect(() => subgraphTypeDefs('gate', 'type Query {')).toThrow(GraphQLError);
  });
});

describe('ownTypeDefs', () => {
  test('leaves out the dead letter fields, which the service package resolves', () => {
    expect(print(ownTypeDefs(SDL))).not.toContain(deadLetterFieldNames('gate').list);
  });
});
