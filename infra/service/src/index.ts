export { type Connection, createConnections } from './connection.ts';
export { createListLoader, createLoader } from './loader.ts';
export type { PageArguments } from './page.ts';
export { runAlone } from './run-alone.ts';
export { openStore, openTransport, type Runtime, system } from './runtime.ts';
export { type Env, readServiceConfig, type ServiceConfig } from './service-config.ts';
export { type RunningService, serveSubgraph } from './subgraph.ts';
export { input, validate } from './validate.ts';
export * from './server.ts';
