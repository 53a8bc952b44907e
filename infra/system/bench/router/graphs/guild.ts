import { parse } from 'graphql';
import { find, type Graph, type Query, type Row } from './graph.ts';

// The graph of The Guild's federation benchmark, https://github.com/graphql-hive/graphql-gateways-benchmark: the schemas, the rows
// and the first query are those that it publishes. The reviews quote Cicero's De finibus and the printers' text made of it.

const users: readonly Row[] = [
  { id: '1', name: 'Uri Goldshtein', username: 'urigo', birthday: 1234567890 },
  { id: '2', name: 'Dotan Simha', username: 'dotansimha', birthday: 1234567890 },
  { id: '3', name: 'Kamil Kisiela', username: 'kamilkisiela', birthday: 1234567890 },
  { id: '4', name: 'Arda Tanrikulu', username: 'ardatan', birthday: 1234567890 },
  { id: '5', name: 'Gil Gardosh', username: 'gilgardosh', birthday: 1234567890 },
  { id: '6', name: 'Laurin Quast', username: 'laurin', birthday: 1234567890 },
];

const products: readonly Row[] = [
  { upc: '1', name: 'Table', price: 899, weight: 100, inStock: true },
  { upc: '2', name: 'Couch', price: 1299, weight: 1000, inStock: false },
  { upc: '3', name: 'Glass', price: 15, weight: 20, inStock: false },
  { upc: '4', name: 'Chair', price: 499, weight: 100, inStock: false },
  { upc: '5', name: 'TV', price: 1299, weight: 1000, inStock: true },
  { upc: '6', name: 'Lamp', price: 6999, weight: 300, inStock: true },
  { upc: '7', name: 'Grill', price: 3999, weight: 2000, inStock: true },
  { upc: '8', name: 'Fridge', price: 100000, weight: 6000, inStock: false },
  { upc: '9', name: 'Sofa', price: 9999, weight: 800, inStock: true },
];

const lorem =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.';
const perspiciatis =
  'Sed ut perspiciatis unde omnis iste natus error sit voluptatem accusantium doloremque laudantium, totam rem aperiam, eaque ipsa quae ab illo inventore veritatis et quasi architecto beatae vitae dicta sunt explicabo. Nemo enim ipsam voluptatem quia voluptas sit aspernatur aut odit aut fugi';
const consequuntur =
  'sed quia consequuntur magni dolores eos qui ratione voluptatem sequi nesciunt. Neque porro quisquam est, qui dolorem ipsum quia dolor sit amet, consectetur, adipisci velit, sed quia non numquam eius modi tempora incidunt ut labore et dolore magnam aliquam quaerat voluptatem.';
const minima =
  'Ut enim ad minima veniam, quis nostrum exercitationem ullam corporis suscipit laboriosam, nisi ut aliquid ex ea commodi consequatur? Quis autem';
const accusamus =
  'At vero eos et accusamus et iusto odio dignissimos ducimus qui blanditiis praesentium voluptatum deleniti atque corrupti quos dolores et quas molestias excepturi sint occaecati cupiditate non provident, similique sunt in culpa qui officia deserunt mollitia animi, id est laborum et dolorum fuga. Et harum quidem rerum facilis est et expedita distinctio. Nam libero tempore, cum soluta nobis est eligendi optio cumque nihil impedit quo minus id quod maxime placeat facere possimus, omnis voluptas assumenda est, omnis dolor repellendus. Temporibus autem quibusdam et aut officiis debitis aut rerum necessitatibus saepe eveniet ut et voluptates repudiandae sint et molestiae non recusandae. Itaque earum rerum hic tenetur a sapiente delectus, ut aut reiciendis voluptatibus maiores alias consequatur aut perferendis doloribus asperiores repellat.';

const reviews: readonly Row[] = [
  { upc: '1', body: lorem },
  { upc: '1', body: perspiciatis },
  { upc: '1', body: consequuntur },
  { upc: '1', body: minima },
  { upc: '2', body: lorem },
  { upc: '2', body: perspiciatis },
  { upc: '2', body: consequuntur },
  { upc: '2', body: minima },
  { upc: '3', body: minima },
  { upc: '4', body: minima },
  { upc: '4', body: accusamus },
].map(({ upc, body }, index) => ({ id: String(index + 1), body, product: { upc } }));

/** Of the representation, which has what `@requires` names. */
function shippingEstimate({ price, weight }: Row): number | null {
  if (typeof price !== 'number' || typeof weight !== 'number') return null;
  return price > 1000 ? 0 : Math.floor(weight / 2);
}

export const guild: Graph = {
  accounts: {
    typeDefs: parse(/* GraphQL */ `
      extend type Query {
        me: User
        user(id: ID!): User
        users: [User]
      }
      type User @key(fields: "id") {
        id: ID!
        name: String
        username: String
        birthday: Int
      }
    `),
    resolvers: {
      Query: {
        me: () => users[0],
        user: (_: Row, { id }: Row) => find(users, 'id', id),
        users: () => users,
      },
      User: { __resolveReference: ({ id }: Row) => find(users, 'id', id) },
    },
  },
  inventory: {
    typeDefs: parse(/* GraphQL */ `
      extend type Product @key(fields: "upc") {
        upc: String! @external
        weight: Int @external
        price: Int @external
        inStock: Boolean
        shippingEstimate: Int @requires(fields: "price weight")
      }
    `),
    resolvers: {
      Product: {
        __resolveReference: (key: Row) => ({ ...key, inStock: find(products, 'upc', key.upc)?.inStock }),
        shippingEstimate,
      },
    },
  },
  products: {
    typeDefs: parse(/* GraphQL */ `
      extend type Query {
        topProducts(first: Int = 5): [Product]
      }
      type Product @key(fields: "upc") {
        upc: String!
        name: String
        price: Int
        weight: Int
      }
    `),
    resolvers: {
      Query: { topProducts: (_: Row, { first }: { first: number }) => products.slice(0, first) },
      Product: { __resolveReference: ({ upc }: Row) => find(products, 'upc', upc) },
    },
  },
  reviews: {
    typeDefs: parse(/* GraphQL */ `
      type Review @key(fields: "id") {
        id: ID!
        body: String
        product: Product
        author: User @provides(fields: "username")
      }
      extend type User @key(fields: "id") {
        id: ID! @external
        username: String @external
        reviews: [Review]
      }
      extend type Product @key(fields: "upc") {
        upc: String! @external
        reviews: [Review]
      }
    `),
    resolvers: {
      Review: {
        __resolveReference: ({ id }: Row) => find(reviews, 'id', id),
        author: () => ({ id: '1', username: 'urigo' }),
      },
      User: { reviews: () => reviews.slice(0, 2) },
      Product: { reviews: ({ upc }: Row) => reviews.filter(({ product }) => (product as Row).upc === upc) },
    },
  },
};

export const guildQueries: readonly Query[] = [
  {
    name: 'guild',
    about: "The Guild's benchmark query, nested, 87 KB",
    query: /* GraphQL */ `
      query TestQuery {
        users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...Author } } } } }
        topProducts { ...Product reviews { ...Review author { ...Author } } }
      }
      fragment Author on User { ...User reviews { ...Review product { ...Product } } }
      fragment User on User { id username name }
      fragment Review on Review { id body }
      fragment Product on Product { inStock name price shippingEstimate upc weight }
    `,
  },
  {
    name: 'four-fetches',
    about: 'Products, their stock and reviews, the authors: four subgraphs',
    query: '{ topProducts { upc name price inStock reviews { id body author { id username name } } } }',
  },
  {
    name: 'one-fetch',
    about: 'Products of one subgraph',
    query: '{ topProducts { upc name price weight } }',
  },
];
