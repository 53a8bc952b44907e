import { buildASTSchema, GraphQLError, isObjectType, print } from 'graphql';
import { describe, expect, test } from 'vitest';
import { deadLetterFieldNames, ownTypeDefs, subgraphTypeDefs } from './type-defs.ts';

const DIRECTIVES = `directive @shareable on OBJECT directive @tag(name: String!) on OBJECT
directive @policy(policies: [[String!]!]!) on OBJECT | FIELD_DEFINITION directive @cost(weight: Int!) on FIELD_DEFINITION
directive @listSize(assumedSize: Int, slicingArguments: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION`;
const SDL = `${DIRECTIVES}\ntype Query { gate: ID }\ntype Mutation { open: ID }`;

describe('subgraphTypeDefs', () => {
  test('adds the shared types, the dead letter fields and the status of the service to its SDL', () => {
    const schema = buildASTSchema(subgraphTypeDefs('gate', SDL));

    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual([
      'gate',
      'gateDeadLetters',
      'gateService',
    ]);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toEqual([
      'open',
      'replayGateDeadLetters',
      'dropGateDeadLetters',
    ]);
    for (const name of ['Date', 'DateTime', 'SafeInt', 'PageInfo', 'DeadLetter', 'ServiceStatus'])
      expect(schema.getType(name), name).toBeDefined();
  });

  test('keeps the lines of the SDL, and has no other lines that a message could name', () => {
    const lines = subgraphTypeDefs('gate', SDL).definitions.map(({ loc }) => loc?.startToken.line);
    expect(lines.filter((line) => line !== undefined)).toEqual([1, 1, 2, 2, 3, 4, 5]);
  });

  test('throws the syntax error of an SDL', () => {
    expect(() => subgraphTypeDefs('gate', 'type Query {')).toThrow(GraphQLError);
  });
});

describe('ownTypeDefs', () => {
  test('leaves out the dead letter fields, which the service package resolves', () => {
    expect(print(ownTypeDefs(SDL))).not.toContain(deadLetterFieldNames('gate').list);
  });

  test('adds the connections that the SDL refers to, unless it defines them', () => {
    const schema = buildASTSchema(
      ownTypeDefs(`${SDL} type Gate { slots: SlotConnection! legs: [LegConnection!]! }
        type Slot { id: ID! } type LegConnection { id: ID! }`),
    );
    const fieldsOf = (name: string) => {
      const type = schema.getType(name);
      return isObjectType(type)
        ? Object.values(type.getFields()).map((field) => `${field.name}: ${field.type}`)
        : [];
    };

    expect(fieldsOf('SlotConnection')).toEqual([
      'edges: [SlotEdge!]!',
      'nodes: [Slot!]!',
      'pageInfo: PageInfo!',
      'totalCount: Int!',
    ]);
    expect(fieldsOf('SlotEdge')).toEqual(['cursor: String!', 'node: Slot!']);
    expect(fieldsOf('LegConnection')).toEqual(['id: ID!']);
  });
});
