import { expect, test } from 'vitest';
import { run, type Subgraphs } from '../corrections/corrections.fixture.ts';
import { over } from './scripted.fixture.ts';

const book = (id: string) => ({ __typename: 'Book', id });
const media: Subgraphs = {
  a: {
    typeDefs: `
      type Query { media: Media, all: [Media!]! }
      interface Media { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! }
      type Film implements Media @key(fields: "id") { id: ID! }
    `,
    resolvers: {
      Query: { media: () => book('1'), all: () => [book('1'), { __typename: 'Film', id: '5' }] },
    },
  },
  b: {
    typeDefs: `
      interface Media { id: ID!, sequel: Media, sequels: [Media] }
      type Book implements Media @key(fields: "id") { id: ID!, sequel: Book, sequels: [Book], title: String }
      type Film implements Media @key(fields: "id") { id: ID!, sequel: Media, sequels: [Media] }
    `,
    resolvers: {
      Book: {
        sequel: ({ id }: { id: string }) => book(`${id}0`),
        sequels: ({ id }: { id: string }) => [book(`${id}0`), null],
        title: ({ id }: { id: string }) => `title ${id}`,
      },
      Film: { sequel: () => book('7'), sequels: () => [] },
    },
  },
};

test.each([
  ['{media{sequel{... on Book{title}}}}', { media: { sequel: { title: 'title 10' } } }],
  ['{media{sequels{... on Book{title}}}}', { media: { sequels: [{ title: 'title 10' }, null] } }],
  ['{media{sequel{... on Film{id}}}}', { media: { sequel: {} } }],
  [
    '{media{sequel{__typename sequel{__typename id}}}}',
    { media: { sequel: { __typename: 'Book', sequel: { __typename: 'Book', id: '100' } } } },
  ],
  [
    '{all{sequel{... on Book{title} ... on Film{id}}}}',
    { all: [{ sequel: { title: 'title 10' } }, { sequel: { title: 'title 7' } }] },
  ],
])('a field that is of one type on some objects: %s', async (query, data) => {
  expect(await run(media, query)).toMatchObject({ data, errors: [] });
});

test('a fragment of the type itself needs no type, which an interface object’s subgraph would not know', async () => {
  const { run: ask, asked } = over({
    a: {
      typeDefs: `type Query { all: [Media] } interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! }`,
    },
    b: {
      typeDefs:
        'type Query { top: Media } type Media @key(fields: "id") @interfaceObject { id: ID!, rank: Int }',
      respond: () => ({ data: { top: { rank: 1 } } }),
    },
  });
  expect(await ask('{top{...R ... on Media{rank}}} fragment R on Media{rank}')).toEqual({
    data: { top: { rank: 1 } },
  });
  expect(asked.map(({ subgraph }) => subgraph)).toEqual(['b']);
});

test('a field that is abstract in one subgraph and of one type in another', async () => {
  const shared: Subgraphs = {
    a: {
      typeDefs: `
        type Query { media: Media @shareable, list: [Media] @shareable }
        interface Media { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! }
        type Film implements Media @key(fields: "id") { id: ID! }
      `,
      resolvers: { Query: { media: () => book('1'), list: () => [book('1')] } },
    },
    b: {
      typeDefs: `
        type Query { media: Book @shareable, list: [Book] @shareable }
        type Book @key(fields: "id") { id: ID!, title: String }
      `,
      resolvers: { Query: { media: () => book('1'), list: () => [book('1')] }, Book: { title: () => 'T' } },
    },
  };
  const { data, errors } = await run(shared, '{media{... on Book{title}} list{id ... on Book{title}}}');
  expect(errors).toEqual([]);
  expect(data).toEqual({ media: { title: 'T' }, list: [{ id: '1', title: 'T' }] });
});

test('a union without a type that the graph knows is an error', async () => {
  const { run: ask } = over({
    a: {
      typeDefs: 'type Query { u: [U] } union U = A | B type A { a: Int } type B { b: Int }',
      respond: () => ({ data: { u: [{ __typename: 'A', a: 1 }, { __typename: 'C' }, { __typename: 7 }] } }),
    },
  });
  const { data, errors } = await ask('{u{__typename ... on A{a}}}');
  expect(data).toEqual({ u: [{ __typename: 'A', a: 1 }, null, null] });
  expect(errors?.map(({ path }) => path)).toEqual([
    ['u', 1],
    ['u', 2],
  ]);
});
