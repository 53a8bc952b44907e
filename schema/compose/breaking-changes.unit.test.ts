import { describe, expect, test } from 'vitest';
import { clientChanges, judge } from './breaking-changes.ts';
import { composeSubgraphs } from './compose-subgraphs.ts';
import type { DeclaredChange } from './declarations.ts';

const BASE = `
  type Query { flight(id: ID!): Flight }
  type Mutation { book(input: BookInput!): Flight! }
  type Flight { id: ID! cost: Int! status: Status! }
  enum Status { OPEN CLOSED }
  input BookInput { id: ID! seats: Int }
`;

function supergraph(sdl: string): string {
  const link =
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize", "@policy", "@shareable", "@tag", "@inaccessible"])';
  const composition = composeSubgraphs([
    { name: 'flight', url: 'http://flight.test', sdl: `${link}\n${sdl}` },
  ]);
  if (composition.errors) throw new Error(JSON.stringify(composition.errors));
  return composition.supergraphSdl;
}

const breakingChanges = async (before: string, after: string, declared: readonly DeclaredChange[]) =>
  judge(await clientChanges(before, after), declared);

const nothing = { undeclared: [], declared: [], dangerous: [], staleDeclarations: [] };
const withoutCost = BASE.replace('cost: Int! ', '');
const costRemoved = { path: 'Flight.cost', type: 'FIELD_REMOVED' };

describe('breaking changes', () => {
  test('finds nothing in a schema that stays as it is', async () => {
    expect(await breakingChanges(supergraph(BASE), supergraph(BASE), [])).toEqual(nothing);
  });

  test('lets additions pass: a field with arguments, a type, an input type, a deprecation', async () => {
    const grown = BASE.replace(
      'cost: Int!',
      'cost: Int! @deprecated(reason: "Ask for price.") price(seats: Int!): Int!',
    )
      .replace('book(', 'cancel(input: CancelInput!): Flight! book(')
      .concat('input CancelInput { id: ID! reason: Reason! } enum Reason { LATE }');

    expect(await breakingChanges(supergraph(BASE), supergraph(grown), [])).toEqual(nothing);
  });

  test.each([
    ['a field that goes', withoutCost, costRemoved],
    [
      'a result that may become null',
      BASE.replace('cost: Int!', 'cost: Int'),
      { path: 'Flight.cost', type: 'FIELD_TYPE_CHANGED' },
    ],
    [
      'an enum value that goes',
      BASE.replace(' CLOSED', ''),
      { path: 'Status.CLOSED', type: 'ENUM_VALUE_REMOVED' },
    ],
    [
      'an argument that must be given',
      BASE.replace('id: ID!): Flight', 'id: ID!, at: Int!): Flight'),
      { path: 'Query.flight.at', type: 'FIELD_ARGUMENT_ADDED' },
    ],
    [
      'an input field that must be given',
      BASE.replace('seats: Int }', 'seats: Int! }'),
      { path: 'BookInput.seats', type: 'INPUT_FIELD_TYPE_CHANGED' },
    ],
    [
      'a field that clients no longer see',
      BASE.replace('cost: Int!', 'cost: Int! @inaccessible'),
      costRemoved,
    ],
  ])('catches %s', async (_, after, change) => {
    const changes = await breakingChanges(supergraph(BASE), supergraph(after), []);

    expect(changes).toEqual({ ...nothing, undeclared: [{ ...change, message: expect.any(String) }] });
  });

  test('accepts a breaking change that is declared by path and type', async () => {
    const declaration = { ...costRemoved, reason: 'No client asked for it in a year.' };

    const changes = await breakingChanges(supergraph(BASE), supergraph(withoutCost), [declaration]);

    expect(changes).toEqual({ ...nothing, declared: [{ ...declaration, message: expect.any(String) }] });
  });

  test.each([
    ['path', { path: 'Flight.id', type: 'FIELD_REMOVED', reason: 'Another field.' }],
    ['type', { path: 'Flight.cost', type: 'FIELD_TYPE_CHANGED', reason: 'Another change.' }],
  ])('accepts no declaration of another %s, and reports it as stale', async (_, declaration) => {
    const changes = await breakingChanges(supergraph(BASE), supergraph(withoutCost), [declaration]);

    expect(changes.undeclared).toMatchObject([costRemoved]);
    expect(changes.staleDeclarations).toEqual([declaration]);
  });

  test('lists what is dangerous without calling it breaking', async () => {
    const changes = await breakingChanges(
      supergraph(BASE),
      supergraph(BASE.replace('OPEN', 'OPEN FULL')),
      [],
    );

    expect(changes).toEqual({
      ...nothing,
      dangerous: [{ path: 'Status.FULL', type: 'ENUM_VALUE_ADDED', message: expect.any(String) }],
    });
  });
});
