/** What a metric is; names and units follow https://prometheus.io/docs/practices/naming/. */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds, ascending; for histograms. */
  readonly buckets?: readonly number[];
}

/** Seconds, for what somebody waits for. */
const waits = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Seconds, for what may wait until something is back. */
const delays = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900];

const sizes = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

/** All metrics of our own; each process tells those that concern it, and beside them what prom-client knows of Node. */
export const metricCatalog = {
  // Operations, at the router and at the subgraphs.
  graphql_operation_duration_seconds: {
    type: 'histogram',
    help: 'Time to answer a GraphQL operation. Names beyond the first 200 count as "other"; outcome is ok, errors (it was executed, and its answer has errors) or refused.',
    labels: ['operation', 'type', 'outcome'],
    buckets: waits,
  },

  // The router.
  subgraph_fetch_duration_seconds: {
    type: 'histogram',
    help: 'Time until a subgraph answered a fetch. outcome is ok, errors (a GraphQL answer that has some), timeout or unavailable.',
    labels: ['subgraph', 'outcome'],
    buckets: waits,
  },
  router_documents_total: {
    type: 'counter',
    help: 'Documents looked up in the cache of parsed, checked and planned documents. result is hit or miss.',
    labels: ['result'],
  },
  router_planning_duration_seconds: {
    type: 'histogram',
    help: 'Time to parse, check and plan a document that was not in the cache.',
    labels: [],
    buckets: waits,
  },
  router_documents_cached: { type: 'gauge', help: 'Documents in that cache.', labels: [] },
  subscriptions_open: { type: 'gauge', help: 'Subscriptions of clients.', labels: [] },
  subscription_groups: {
    type: 'gauge',
    help: 'Executions that one event causes at most: groups of subscriptions that share their answers.',
    labels: [],
  },
  subscription_upstreams: { type: 'gauge', help: 'Subscriptions at the subgraphs.', labels: [] },
  subscription_answers_pushed_total: {
    type: 'counter',
    help: 'Answers handed to the queues of subscribers.',
    labels: [],
  },
  subscriptions_dropped_total: {
    type: 'counter',
    help: 'Subscriptions that were ended because their reader was too slow.',
    labels: [],
  },
  subscriptions_resumed_total: {
    type: 'counter',
    help: 'Subscriptions that clients went on with from a cursor.',
    labels: [],
  },
  subscription_upstreams_lost_total: {
    type: 'counter',
    help: 'Connections to a subgraph that were lost while they carried subscriptions, which then go on from their cursors.',
    labels: ['subgraph'],
  },

  // The store.
  store_commit_duration_seconds: {
    type: 'histogram',
    help: 'Time of a transaction that several decisions may share. outcome is committed or failed.',
    labels: ['outcome'],
    buckets: waits,
  },
  store_commit_decisions: {
    type: 'histogram',
    help: 'Decisions that shared one transaction.',
    labels: [],
    buckets: sizes,
  },
  store_commit_retries_total: {
    type: 'counter',
    help: 'Transactions that were begun again, for a conflict or for one of their decisions that failed.',
    labels: [],
  },
  events_committed_total: {
    type: 'counter',
    help: 'Events that were committed to the outbox.',
    labels: ['type'],
  },

  // The outbox, its relay and its stream, told by the publishing service.
  outbox_unpublished_events: {
    type: 'gauge',
    help: 'Events of the outbox that the stream does not hold yet.',
    labels: ['stream'],
  },
  outbox_oldest_unpublished_age_seconds: {
    type: 'gauge',
    help: 'Age of the oldest of them; 0 when there is none.',
    labels: ['stream'],
  },
  relay_published_total: {
    type: 'counter',
    help: 'Events that this process has appended to the stream, repeats after a loss included.',
    labels: ['stream'],
  },
  relay_failures_total: { type: 'counter', help: 'Attempts to publish that failed.', labels: ['stream'] },
  stream_length: { type: 'gauge', help: 'Entries of the stream.', labels: ['stream'] },
  group_lag_events: {
    type: 'gauge',
    help: 'Entries of the stream that the group has not been given yet.',
    labels: ['stream', 'group'],
  },
  group_oldest_undelivered_age_seconds: {
    type: 'gauge',
    help: 'Age of the oldest of them; 0 when there is none.',
    labels: ['stream', 'group'],
  },
  group_pending_events: {
    type: 'gauge',
    help: 'Entries that the group has been given and has not acknowledged.',
    labels: ['stream', 'group'],
  },
  group_oldest_pending_age_seconds: {
    type: 'gauge',
    help: 'Age of the oldest of them; 0 when there is none.',
    labels: ['stream', 'group'],
  },

  // The consumer.
  events_handled_total: {
    type: 'counter',
    help: 'Events whose handling ended. outcome is new, duplicate (the inbox knew it) or failed (it is tried again, or dies).',
    labels: ['type', 'outcome'],
  },
  event_handling_duration_seconds: {
    type: 'histogram',
    help: 'Time of one try to handle an event, its commit included.',
    labels: ['type'],
    buckets: waits,
  },
  event_delay_seconds: {
    type: 'histogram',
    help: 'Time from when an event was made until it was handled.',
    labels: ['type'],
    buckets: delays,
  },
  event_redeliveries_total: {
    type: 'counter',
    help: 'Events that came with earlier deliveries unacknowledged.',
    labels: ['stream'],
  },
  event_retries_total: {
    type: 'counter',
    help: 'Further tries after a failure. cause is transient (it passes, such as a database that is away) or permanent.',
    labels: ['stream', 'cause'],
  },
  dead_letters_total: { type: 'counter', help: 'Events that became dead letters.', labels: ['stream'] },
  dead_letters: { type: 'gauge', help: 'Dead letters that wait for an operator.', labels: [] },

  // Sagas, told by the reservation service.
  saga_outcomes_total: {
    type: 'counter',
    help: 'Reservations that settled. reason is empty for a success.',
    labels: ['outcome', 'reason'],
  },
  saga_duration_seconds: {
    type: 'histogram',
    help: 'Time from when a reservation was placed until it first settled.',
    labels: ['outcome'],
    buckets: delays,
  },

  scrape_failures_total: {
    type: 'counter',
    help: 'Scrapes that lack some gauges, because what was asked for them failed or took too long.',
    labels: [],
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

type Catalog = typeof metricCatalog;

export type MetricName<Type extends MetricDefinition['type'] = MetricDefinition['type']> = {
  [Name in keyof Catalog]: Catalog[Name]['type'] extends Type ? Name : never;
}[keyof Catalog];

/** A text for each of a metric's labels by its name; nothing for a metric without labels. */
export type LabelsArgument<Name extends MetricName> = Catalog[Name]['labels'] extends readonly []
  ? []
  : [labels: Readonly<Record<Catalog[Name]['labels'][number], string>>];
