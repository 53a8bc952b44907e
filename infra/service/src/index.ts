export { type Connection, createConnections } from './connection.ts';
export { deadLetterResolvers } from './dead-letters.ts';
export { createFreshLoader, createListLoader, createLoader } from './loader.ts';
export { requireOperator } from './operator.ts';
export type { PageArguments } from './page.ts';
export { runAlone } from './run-alone.ts';
export {
  databaseLabel,
  openStore,
  openTransport,
  type Runtime,
  type StoreOptions,
  system,
} from './runtime.ts';
export * from './server.ts';
export { type Env, readServiceConfig, type ServiceConfig } from './service-config.ts';
export { type RequestFacts, type RunningService, serveSubgraph } from './subgraph.ts';
export { fromNow } from './subscriptions/cursor.ts';
export { type Feed, startFeed } from './subscriptions/feed.ts';
export type { FeedEvent } from './subscriptions/feed-event.ts';
export { subscribeToUpdates, type Update } from './subscriptions/updates.ts';
export { input, validate } from './validate.ts';
