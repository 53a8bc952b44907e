import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { parseExactJson } from '../raw-json.ts';
import { conditionVariables, decide } from '../syntax/conditions.ts';
import { rootFieldsOf } from './root-fields.ts';

describe('the root fields of a mutation', () => {
  const fieldsOf = (text: string, variables = {}, name?: string) => {
    const document = parse(text);
    const definitions = document.definitions.flatMap((each) =>
      'variableDefinitions' in each ? (each.variableDefinitions ?? []) : [],
    );
    const decisions = decide(conditionVariables(document), definitions, variables);
    return rootFieldsOf({ text, decisions } as Parameters<typeof rootFieldsOf>[0], name, variables);
  };

  test('are those that were executed, wherever they stand', () => {
    const text = `
      mutation Other { other }
      mutation Act($no: Boolean!) {
        a: act(id: 1) ... { b: act(id: 2) } ...More skipped: act @include(if: $no) ... @skip(if: true) { act }
      }
      fragment More on Mutation { c: act(id: "3") a: act(id: 1) }
    `;
    expect(fieldsOf(text, { no: false }, 'Act').map(({ key, ids }) => [key, ids])).toEqual([
      ['a', { id: '1' }],
      ['b', { id: '2' }],
      ['c', { id: '3' }],
    ]);
  });

  test('have the ids of their arguments, however deep, and nothing else of them', () => {
    const variables = {
      input: {
        customerId: 'kim',
        card: { number: '4111', holderId: 'h' },
        idempotencyKey: 'k',
        note: 'secret',
      },
      rows: [{ id: 1, reason: 'secret' }, { id: 2 }],
    };
    const [field] = fieldsOf(
      'mutation ($input: I, $rows: [R]) { act(input: $input, rows: $rows, token: "t", eventIds: ["e1", "e2"], id: null, void: "v", paid: "p") }',
      variables,
    );
    expect(field?.ids).toEqual({ customerId: 'kim', holderId: 'h', id: ['1', '2'], eventIds: ['e1', 'e2'] });
  });

  test('are all there; ids of each are bounded, and the rest is counted', () => {
    const many = Array.from({ length: 100 }, (_, index) => `f${index}: act(id: "${'x'.repeat(500)}")`).join(
      ' ',
    );
    const fields = fieldsOf(`mutation { ${many} last: act(id: "99") }`);
    expect(fields).toHaveLength(101);
    expect(fields[0]?.ids.id).toHaveLength(128);
    expect(fields.at(-1)?.ids).toEqual({ id: '99' });
    const [field] = fieldsOf('mutation ($ids: [ID!]) { act(ids: $ids) }', { ids: Array(1000).fill('x') });
    expect(field).toMatchObject({ ids: { ids: Array(20).fill('x') }, idsOmitted: 980 });
  });

  test('are those of defaults where the client says nothing', () => {
    const text = `mutation ($id: ID! = "7", $s: Boolean! = false, $i: Boolean! = true, $n: Boolean! = true) {
      a: act(id: $id) @skip(if: $s) b: act(id: $id) @include(if: $i) c: act(id: $id) @skip(if: $n)
    }`;
    const keysOf = (variables: object) => fieldsOf(text, variables).map(({ key, ids }) => [key, ids.id]);
    expect(keysOf({})).toEqual([
      ['a', '7'],
      ['b', '7'],
    ]);
    expect(keysOf({ id: '8', s: true, n: false })).toEqual([
      ['b', '8'],
      ['c', '8'],
    ]);
  });

  test('have ids that are numbers of any length', () => {
    const input = parseExactJson('{ "customerId": 12345678901234567890123, "seatQty": 7 }');
    expect(fieldsOf('mutation ($input: I) { act(input: $input) }', { input })[0]?.ids).toEqual({
      customerId: '12345678901234567890123',
    });
  });
});
