import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { composeSubgraphs } from './compose-subgraphs.ts';
import { inputDefaults } from './input-defaults.ts';

const compose = (inputs: string) =>
  composeSubgraphs([
    { name: 'gates', url: 'http://gates.test', sdl: `type Query { gates: [ID!]! }\n${inputs}` },
  ]);

test.each([
  ['a filter', 'input GateFilter { area: String\nside: String = "LEFT" }', 3, 'GateFilter.side'],
  ['an update', 'input UpdateGateInput { id: ID! level: Int! = 0 }', 2, 'UpdateGateInput.level'],
  [
    'an extension',
    'input GateFilter { area: ID }\nextend input GateFilter { level: Int = null }',
    3,
    'GateFilter.level',
  ],
  [
    'an input within',
    'input GateFilter { sides: [SideInput!]! }\ninput SideInput { door: DoorInput }\ninput DoorInput { side: ID = "L" }',
    4,
    'DoorInput.side',
  ],
])('a default value in the input of %s is refused', (_what, inputs, line, field) => {
  const { errors } = compose(inputs);
  expect(errors).toEqual([
    {
      code: 'INPUT_DEFAULT',
      message: expect.stringContaining(`"${field}"`),
      places: [{ subgraph: 'gates', line }],
    },
  ]);
  expect(errors?.[0]?.message).toContain('\nRemove it');
});

test('what is registered may have one', () => {
  expect(inputDefaults(parse('input RegisterGateInput { side: String = "LEFT" }'))).toEqual([]);
});
