import { pick } from '@airline/testing';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
} from 'graphql';

/** What the seeded rows have, so that lists are as long as they are asked for. */
export interface Seeded {
  readonly flightIds: readonly string[];
  readonly customerIds: readonly string[];
  readonly reservationIds: readonly string[];
}

/** Fields that do not read what was seeded: operators', and single things by ids that are not. */
const LEFT_OUT = /DeadLetters$|^payment$|^promotions$/;
const PAGES = [1, 2, 5, 10, 20, 35, 50, 100];

/** Writes a query over the graph; its size varies from one field to far beyond what is admitted. */
export function generate(schema: GraphQLSchema, seeded: Seeded, random: () => number): string {
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no query type.');
  const roots = Object.values(query.getFields()).filter(({ name }) => !LEFT_OUT.test(name));
  const count = random() < 0.6 ? 1 : 1 + Math.floor(random() * 6);
  const depth = 2 + Math.floor(random() * 4);
  const written = Array.from({ length: count }, (_, index) => field(pick(roots, random), index, depth));
  return `{ ${written.join(' ')} }`;

  function field(definition: GraphQLField<unknown, unknown>, index: number, left: number): string {
    const type = getNamedType(definition.type);
    const alias = `f${index}: `;
    const call = `${alias}${definition.name}${given(definition)}`;
    return isLeafType(type) || !isObjectType(type) ? call : `${call} { ${selections(type, left - 1)} }`;
  }

  function selections(type: GraphQLObjectType, left: number): string {
    const fields = Object.values(type.getFields());
    const isLeaf = (each: GraphQLField<unknown, unknown>) => isLeafType(getNamedType(each.type));
    if (type.name.endsWith('Connection')) {
      const items = random() < 0.7 ? 'nodes' : 'edges';
      const nodes = fields.find(({ name }) => name === items);
      const info = random() < 0.3 ? ' pageInfo { hasNextPage endCursor }' : '';
      return `${nodes ? field(nodes, 0, left) : ''}${info}`;
    }
    const leaves = fields.filter(isLeaf);
    const wanted = 1 + Math.floor(random() * leaves.length * (random() < 0.2 ? 2 : 1));
    const chosen =
      leaves.length > 0
        ? Array.from({ length: wanted }, (_, index) => field(pick(leaves, random), index, 0))
        : [];
    const others = left > 0 ? fields.filter((each) => !isLeaf(each)) : [];
    const below = others.filter(() => random() < 0.5).map((each, index) => field(each, 100 + index, left));
    return leaves.length > 0 ? [...chosen, ...below].join(' ') : `__typename ${below.join(' ')}`;
  }

  function given({ args, name }: GraphQLField<unknown, unknown>): string {
    const values = args.flatMap((argument) => {
      if (argument.name === 'first') return [`first: ${pick(PAGES, random)}`];
      if (argument.name === 'customerId' || (argument.name === 'id' && name === 'customer'))
        return [`${argument.name}: ${JSON.stringify(pick(seeded.customerIds, random))}`];
      if (argument.name !== 'id') return [];
      const ids = name === 'flight' ? seeded.flightIds : seeded.reservationIds;
      return [`id: ${JSON.stringify(pick(ids, random))}`];
    });
    return values.length > 0 ? `(${values.join(', ')})` : '';
  }
}
