import { describe, expect, test } from 'vitest';
import { parseDeclarations } from './declarations.ts';

const declaration = {
  path: 'Flight.cost',
  type: 'FIELD_REMOVED',
  reason: 'No client asked for it in a year.',
};

describe('parseDeclarations', () => {
  test('reads path, type and reason', () => {
    expect(parseDeclarations(JSON.stringify([declaration]))).toEqual([declaration]);
  });

  test.each([
    ['the reason is empty', [{ ...declaration, reason: ' ' }], /reason/],
    ['the path is missing', [declaration, { type: 'FIELD_REMOVED', reason: 'Why.' }], /\[1\]\.path/],
    ['a field is unknown', [{ ...declaration, paht: 'Flight.cost' }], /paht/],
    ['it is no list', declaration, /array/],
  ])('refuses by name when %s', (_, json, named) => {
    expect(() => parseDeclarations(JSON.stringify(json))).toThrow(named);
  });

  test('names the file that is not JSON', () => {
    expect(() => parseDeclarations('[')).toThrow('schema/breaking-changes.json is not JSON.');
  });
});
