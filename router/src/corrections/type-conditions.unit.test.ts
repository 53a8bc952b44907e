import { buildSchema, parse, print, stripIgnoredCharacters } from 'graphql';
import { expect, test } from 'vitest';
import { fragmentsOf } from '../syntax/selections.ts';
import { selectByType } from './type-conditions.ts';

const schema = buildSchema(`
  directive @defer(label: String) on INLINE_FRAGMENT
  type Query { seat: Seat, view: View }
  interface Seat { id: ID! next: Seat }
  interface Shaded { shaded: Boolean }
  interface Sold implements Seat { id: ID! next: Seat }
  type Window implements Seat & Shaded { id: ID! next: Seat shaded: Boolean }
  type Aisle implements Seat & Shaded & Sold { id: ID! next: Seat shaded: Boolean }
  type Middle implements Seat { id: ID! next: Seat }
  type Door { id: ID! }
  union View = Window | Door
`);
function byType(text: string): string {
  const document = parse(text);
  return stripIgnoredCharacters(print(selectByType(document, schema, fragmentsOf(document))));
}

test.each([
  ['another interface', '{seat{...on Shaded{shaded}}}', '{seat{...on Window{shaded}...on Aisle{shaded}}}'],
  ['a narrower interface', '{seat{...on Sold{id}}}', '{seat{...on Aisle{id}}}'],
  ['a union', '{seat{...on View{__typename}}}', '{seat{...on Window{__typename}}}'],
  [
    'a named fragment',
    '{seat{...S}}fragment S on Shaded{shaded}',
    '{seat{...on Window{shaded}...on Aisle{shaded}}}',
  ],
  [
    'what is deferred, as the same part',
    '{seat{...on Shaded@defer(label:"1"){shaded}}}',
    '{seat{...on Window@defer(label:"1"){shaded}...on Aisle@defer(label:"1"){shaded}}}',
  ],
  [
    'conditions within, of the type alone',
    '{seat{...on Shaded{...on Seat{...on View{__typename}...on Aisle{id}}}}}',
    '{seat{...on Window{...{...{__typename}}}...on Aisle{...{...{id}}}}}',
  ],
  ['objects below', '{seat{next{...on Sold{id}}}}', '{seat{next{...on Aisle{id}}}}'],
])('by their types: %s', (_, text, expected) => {
  expect(byType(text)).toBe(expected);
});

test.each(['{seat{...on Window{id}...{id}}}', '{view{...on Shaded{shaded}...on Window{id}}}'])(
  'as it is: %s',
  (text) => {
    expect(byType(text)).toBe(text);
  },
);

test('an operation that becomes too large is refused', () => {
  const nested = (depth: number): string =>
    depth === 0 ? 'id' : `next{...on Shaded{...on Seat{${nested(depth - 1)}}}}`;
  expect(byType(`{seat{${nested(3)}}}`)).toContain('Aisle');
  const refused = expect.objectContaining({ extensions: { code: 'DOCUMENT_LIMIT_EXCEEDED' } });
  expect(() => byType(`{seat{${nested(20)}}}`)).toThrow(refused);
});
