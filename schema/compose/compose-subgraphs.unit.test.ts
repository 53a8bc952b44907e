import { describe, expect, test } from 'vitest';
import { composeSubgraphs } from './compose-subgraphs.ts';
import { LINK, subgraph } from './subgraph.fixture.ts';

const flights = subgraph(
  'flights',
  'type Query { flight: Flight } type Flight @key(fields: "id") { id: ID! code: String! }',
);
const seats = subgraph('seats', 'type Flight @key(fields: "id") { id: ID! seats: Int! }');

describe('composeSubgraphs', () => {
  test('joins an entity that two subgraphs share', () => {
    const composition = composeSubgraphs([flights, seats]);

    expect(composition).toEqual({ supergraphSdl: expect.any(String), hints: [] });
    expect(composition).toHaveProperty(
      'supergraphSdl',
      expect.stringContaining('seats: Int! @join__field(graph: SEATS)'),
    );
    expect(composition).toHaveProperty(
      'supergraphSdl',
      expect.stringContaining('url: "http://seats.test/graphql"'),
    );
  });

  test('composes to the same text each time', () => {
    expect(composeSubgraphs([flights, seats])).toEqual(composeSubgraphs([flights, seats]));
  });

  test('names the code, the subgraphs and the lines of what does not compose', () => {
    const clash = subgraph('clash', '\ntype Flight @key(fields: "id") { id: ID! code: Int! }');

    const { errors } = composeSubgraphs([flights, clash]);

    expect(errors?.map(({ code }) => code)).toEqual(['FIELD_TYPE_MISMATCH', 'INVALID_FIELD_SHARING']);
    expect(errors?.[0]).toEqual({
      code: 'FIELD_TYPE_MISMATCH',
      message: expect.stringContaining('Flight.code'),
      places: [
        { subgraph: 'clash', line: 3 },
        { subgraph: 'flights', line: 2 },
      ],
    });
  });

  test('names a field that no query plan can reach', () => {
    const unreachable = subgraph(
      'unreachable',
      'type Flight @key(fields: "code") { code: String! @shareable gate: Int! }',
    );

    const { errors } = composeSubgraphs([
      subgraph('flights', 'type Query { flight: Flight } type Flight @key(fields: "id") { id: ID! }'),
      unreachable,
    ]);

    expect(errors?.map(({ code }) => code)).toContain('SATISFIABILITY_ERROR');
  });

  test('names the subgraph and the line of a syntax error, for every subgraph that has one', () => {
    const { errors } = composeSubgraphs([
      subgraph('flights', 'type Query {'),
      seats,
      subgraph('gates', 'typo Gate'),
    ]);

    expect(errors).toEqual([
      {
        code: 'INVALID_GRAPHQL',
        message: expect.stringContaining('Expected'),
        places: [{ subgraph: 'flights', line: 2 }],
      },
      {
        code: 'INVALID_GRAPHQL',
        message: expect.stringContaining('typo'),
        places: [{ subgraph: 'gates', line: 2 }],
      },
    ]);
  });

  test('keeps the hints, with their level and place', () => {
    const described = subgraph(
      'seats',
      '"Another story."\ntype Flight @key(fields: "id") { id: ID! seats: Int! }',
    );
    const first = subgraph(
      'flights',
      '"One story."\ntype Flight @key(fields: "id") { id: ID! } type Query { flight: Flight }',
    );

    expect(composeSubgraphs([first, described])).toMatchObject({
      hints: [
        { level: 'WARN', code: 'INCONSISTENT_DESCRIPTION', message: expect.stringContaining('Flight') },
      ],
    });
  });

  test('has rules of who may see what', () => {
    const sdl = LINK.replace('"@key"', '"@key", "@authenticated", "@requiresScopes"').concat(`
      type Query {
        flights: [ID!]! @tag(name: "public")
        seats: [ID!]! @authenticated
        fares: [ID!]! @policy(policies: [["owner"], ["staff"]])
        crew: [ID!]! @requiresScopes(scopes: [["crew:read"]])
      }`);

    const { errors, ...composed } = composeSubgraphs([{ name: 'flights', url: 'http://flights.test', sdl }]);

    expect(errors).toBeUndefined();
    expect(composed).toHaveProperty(
      'supergraphSdl',
      expect.stringContaining('@policy(policies: [["owner"], ["staff"]])'),
    );
  });

  const ruled = (sdl: string) =>
    LINK.replace('"@key"', '"@key", "@external", "@requires", "@policy"').concat(sdl);

  test('refuses a field that shows more callers what it requires than may see that', () => {
    const fares = ruled(
      'type Query { flight: Flight } type Flight @key(fields: "id") { id: ID! fare: Int @policy(policies: [["staff"]]) }',
    );
    const taxed = (rule: string) =>
      ruled(
        `type Flight @key(fields: "id") { id: ID! fare: Int @external tax: Int @requires(fields: "fare") ${rule} }`,
      );
    const codesOf = (rule: string) =>
      composeSubgraphs([
        { name: 'fares', url: 'http://fares.test', sdl: fares },
        { name: 'taxes', url: 'http://taxes.test', sdl: taxed(rule) },
      ]).errors?.map(({ code }) => code);

    expect(codesOf('')).toEqual(['MISSING_TRANSITIVE_AUTH_REQUIREMENTS']);
    expect(codesOf('@policy(policies: [["staff"], ["operator"]])')).toEqual([
      'MISSING_TRANSITIVE_AUTH_REQUIREMENTS',
    ]);
    expect(codesOf('@policy(policies: [["staff"]])')).toBeUndefined();
  });

  test('refuses rules of interfaces: those of each type decide', () => {
    const sdl = ruled(`
      type Query { nodes: [Node!]! }
      interface Node @policy(policies: [["staff"]]) { id: ID! }
      type Gate implements Node { id: ID! }`);

    expect(
      composeSubgraphs([{ name: 'gates', url: 'http://gates.test', sdl }]).errors?.map(({ code }) => code),
    ).toEqual(['AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE']);
  });
});
