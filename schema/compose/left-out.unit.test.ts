import { describe, expect, test } from 'vitest';
import { composeSubgraphs } from './compose-subgraphs.ts';
import { LINK, subgraph } from './subgraph.fixture.ts';

describe('what would be left out of the supergraph is refused', () => {
  const SECOND = { subgraph: 'second', line: 2 };
  const gates = (input: string) => `type Query { gates(${input}): [ID!]! @shareable }`;
  const area = (field: string) => `${gates('area: Area')} input Area { name: String ${field} }`;
  const side = (values: string) => `${gates('side: Side')} enum Side { ${values} }`;
  const directive = (rest: string) => `${gates('name: ID')} directive @slow${rest}`;
  const deprecated = (reason: string) =>
    `type Query { gates: [ID!]! @shareable @deprecated(reason: "${reason}") }`;

  test.each([
    ['INCONSISTENT_INPUT_OBJECT_FIELD', 'Input object field "level"', area(''), area('level: Int')],
    [
      'INCONSISTENT_ARGUMENT_PRESENCE',
      'argument "Query.gates(area:)"',
      gates('id: ID'),
      gates('id: ID area: ID'),
    ],
    ['INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM', 'Value "RIGHT"', side('LEFT'), side('LEFT RIGHT')],
    [
      'INCONSISTENT_DEFAULT_VALUE_PRESENCE',
      '"Query.gates(first:)"',
      gates('first: Int'),
      gates('first: Int = 9'),
    ],
    ['INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE', '"@slow"', gates('name: ID'), directive(' on FIELD')],
    [
      'INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS',
      '"@slow"',
      directive(' on FIELD'),
      directive(' on FIELD | QUERY'),
    ],
    [
      'INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE',
      '"@slow"',
      directive(' on FIELD'),
      directive(' repeatable on FIELD'),
    ],
    ['NO_EXECUTABLE_DIRECTIVE_INTERSECTION', '"@slow"', directive(' on QUERY'), directive(' on FIELD')],
    [
      'INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS',
      '@deprecated',
      deprecated('Old.'),
      deprecated('New.'),
    ],
  ])('%s', (code, what, first, second) => {
    const { errors } = composeSubgraphs([subgraph('first', first), subgraph('second', second)]);

    expect(errors).toEqual([
      { code, message: expect.stringContaining(what), places: expect.arrayContaining([SECOND]) },
    ]);
    for (const part of ['subgraph "first"', 'subgraph "second"', '\nDeclare it alike'])
      expect(errors?.[0]?.message).toContain(part);
  });

  test('an argument that another subgraph takes from the context', () => {
    const link = LINK.replace('"@key"', '"@key", "@context", "@fromContext"');
    const gate = (area: string) =>
      `${link} type Gate @key(fields: "id") { id: ID! fee(area: String ${area}): Int! @shareable }`;
    const hall = `type Query { hall: Hall } type Hall @key(fields: "id") @context(name: "hall") { id: ID! name: String! gate: Gate }`;
    const first = `${gate('@fromContext(field: "$hall { name }")')} ${hall}`;

    const { errors } = composeSubgraphs([
      { name: 'first', url: 'http://first.test', sdl: first },
      { name: 'second', url: 'http://second.test', sdl: gate('') },
    ]);

    expect(errors).toEqual([
      {
        code: 'CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS',
        message: expect.stringContaining('"Gate.fee(area:)"'),
        places: [],
      },
    ]);
  });
});
