import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

// Apollo's router in JavaScript, as its documentation sets it up: https://www.apollographql.com/docs/apollo-server/using-federation/apollo-gateway-setup

const { SUPERGRAPH_FILE = '', PORT } = process.env;
const gateway = new ApolloGateway({ supergraphSdl: readFileSync(SUPERGRAPH_FILE, 'utf8') });
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { port: Number(PORT) },
});
process.stdout.write(`${url}\n`);
