export type { ServiceConfig } from './config/service-config.ts';
export { input, validate } from './errors/validate.ts';
export { fromNow } from './feed/cursor.ts';
export { type Feed, startFeed } from './feed/feed.ts';
export type { FeedEvent } from './feed/feed-event.ts';
export { subscribedCustomer } from './feed/subscribed-customer.ts';
export { subscribeToUpdates, type Update } from './feed/updates.ts';
export type { CompleteResolvers } from './graphql/complete-resolvers.ts';
export { type Connection, createConnections } from './graphql/connection.ts';
export { filterCondition } from './graphql/filter.ts';
export { createFreshLoader, createListLoader, createLoader } from './graphql/loader.ts';
export type { PageArguments } from './graphql/page.ts';
export type { Order } from './graphql/page-cursor.ts';
export { visibleTo, withoutIndex } from './graphql/visible-to.ts';
export { defineSubgraph, type Subgraph } from './runtime/define-subgraph.ts';
export { holdDataFolder } from './runtime/hold-data-folder.ts';
export { eventsWithoutPolicy, unhandledPublishers, unheardPolicies } from './runtime/listening.ts';
export { databaseLabel } from './runtime/open-database.ts';
export { runAlone } from './runtime/run-alone.ts';
export {
  openStore,
  openTransport,
  type Runtime,
  type StoreOptions,
  system,
} from './runtime/runtime.ts';
export { type RequestFacts, serveSubgraph } from './runtime/serve-subgraph.ts';
export type { RunningService, SubgraphContext } from './runtime/start-subgraph.ts';
export * from './server.ts';
