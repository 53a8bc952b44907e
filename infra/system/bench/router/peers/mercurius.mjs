import process from 'node:process';
import mercuriusGateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

// As its documentation sets it up: https://github.com/mercurius-js/mercurius-gateway, with its compiler of queries.

const { PORT, SUBGRAPH_URLS = '{}' } = process.env;
const services = Object.entries(JSON.parse(SUBGRAPH_URLS)).map(([name, url]) => ({
  name,
  url,
  mandatory: true,
}));
const server = Fastify();
await server.register(mercuriusGateway, { jit: 1, path: '/graphql', gateway: { services } });
await server.listen({ port: Number(PORT), host: '127.0.0.1' });
