import { readFileSync } from 'node:fs';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  parse,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { forGateway } from '../supergraph/gateway-features.ts';
import { compose, type Subgraphs } from './corrections.fixture.ts';
import { correctPlan, correctSupergraph, plannerConfig, refuseIncompletePlan } from './index.ts';

const apiOf = (sdl: string) => printSchema(Supergraph.build(sdl).apiSchema().toGraphQLJSSchema());

const fares: Subgraphs = {
  flight: {
    typeDefs: `
      type Query { flight: Flight }
      type Flight @key(fields: "id") { id: ID!, fare(currency: String!): Int, code: String @inaccessible }
    `,
    resolvers: {},
  },
  payment: {
    typeDefs: `
      type Flight @key(fields: "id") {
        id: ID!
        fare(currency: String!): Int @external
        charge: Int @requires(fields: "fare(currency: \\"USD\\")")
        refund: Int @requires(fields: "fare(currency: \\"USD\\")")
      }
    `,
    resolvers: {},
  },
};

describe('a supergraph with arguments in @requires', () => {
  test('has the same API schema', () => {
    const sdl = compose(fares);
    const corrected = correctSupergraph(sdl);
    expect(corrected.sdl).not.toBe(sdl);
    expect(apiOf(corrected.sdl)).toBe(apiOf(sdl));
  });

  test('has one synthetic field for one field with the same arguments', () => {
    const { translations } = correctSupergraph(compose(fares));
    expect([...translations.fields.values()]).toMatchObject([{ field: 'fare' }]);
  });

  test('has the same names whatever else it has', () => {
    const names = (subgraphs: Subgraphs) => [
      ...correctSupergraph(compose(subgraphs)).translations.fields.keys(),
    ];
    const more = { gate: { typeDefs: 'type Query { gate: Int }', resolvers: {} } };
    expect(names({ ...more, ...fares })).toEqual(names(fares));
  });
});

describe('this project’s supergraph', () => {
  const file = new URL('../../../schema/supergraph.graphql', import.meta.url);
  const sdl = forGateway(readFileSync(file, 'utf8'));
  const { sdl: corrected, translations } = correctSupergraph(sdl);

  test('needs no correction', () => {
    expect(corrected).toBe(sdl);
    expect(translations.fields.size).toBe(0);
  });

  test('has complete plans, which stay the same objects', () => {
    const supergraph = Supergraph.build(corrected);
    const planner = new QueryPlanner(supergraph, plannerConfig);
    const api = supergraph.apiSchema();
    const documents = operationsOf(api.toGraphQLJSSchema());
    expect(documents.length).toBeGreaterThan(10);
    for (const document of documents) {
      const operation = operationFromDocument(api, parse(document));
      const plan = planner.buildQueryPlan(operation);
      expect(() => refuseIncompletePlan(plan, operation)).not.toThrow();
      expect(correctPlan(plan, translations)).toBe(plan);
    }
  });
});

/** One operation for each root field, with all that can be selected four levels deep. */
function operationsOf(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((root) =>
    Object.values(root?.getFields() ?? {}).map((field) => {
      const variables: string[] = [];
      const selected = select(field, variables, 4);
      const definitions = variables.length > 0 ? `(${variables.join(', ')})` : '';
      return `${root?.name.toLowerCase()}${definitions} { ${selected} }`;
    }),
  );
}

function select(field: GraphQLField<unknown, unknown>, variables: string[], depth: number): string {
  const args = field.args.map(({ name, type }) => {
    const variable = `$v${variables.length}`;
    variables.push(`${variable}: ${type}`);
    return `${name}: ${variable}`;
  });
  const type = getNamedType(field.type);
  const inner = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const shown = inner.filter(({ type: of }) => depth > 1 || isLeafType(getNamedType(of)));
  const selections = ['__typename', ...shown.map((child) => select(child, variables, depth - 1))];
  const below = isLeafType(type) ? '' : `{ ${selections.join(' ')} }`;
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${below}`;
}
