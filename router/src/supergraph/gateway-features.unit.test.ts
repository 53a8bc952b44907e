import { ApolloGateway } from '@apollo/gateway';
import { expect, test } from 'vitest';
import { composeSubgraphs } from '../composition.fixture.ts';
import { forGateway } from './gateway-features.ts';
import { createSnapshot } from './snapshot.ts';

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
    import: ["@authenticated", "@policy", "@requiresScopes", "@tag"])
  type Query {
    flights: [ID!]! @tag(name: "public")
    seats: [ID!]! @authenticated
    fares: [ID!]! @policy(policies: [["owner"], ["staff"]])
    crew: [ID!]! @requiresScopes(scopes: [["crew:read"]])
  }
`;

test('the gateway and the planner load a supergraph with rules of who may see what', async () => {
  const composed = composeSubgraphs([{ name: 'flights', url: 'http://flights.test', typeDefs }]);
  await expect(() => load(composed)).rejects.toThrow('policy');
  await load(forGateway(composed));
  expect(createSnapshot(forGateway(composed), {}).schema.getDirective('policy')).toBeUndefined();
});

async function load(supergraphSdl: string): Promise<void> {
  const gateway = new ApolloGateway({ supergraphSdl });
  await gateway.load();
  await gateway.stop();
}
