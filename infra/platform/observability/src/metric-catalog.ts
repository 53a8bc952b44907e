/** What a metric is; names and units follow https://prometheus.io/docs/practices/naming/. */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds, ascending; for histograms. */
  readonly buckets?: readonly number[];
}

/** Seconds, for what a client waits for. */
const waits = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Seconds, for what may wait out a failure. */
const delays = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900];

const sizes = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

/** Estimated costs of operations. */
const costs = [1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 100_000];

/** All metrics of our own; each process serves those that it records, and beside them prom-client's of Node. */
export const metricCatalog = {
  // Operations, at the router and at the subgraphs.
  graphql_operation_duration_seconds: {
    type: 'histogram',
    help: 'Duration of a GraphQL operation. Names beyond the first 200 count as "other"; outcome is ok, errors (executed, with errors in the response) or refused.',
    labels: ['operation', 'type', 'outcome'],
    buckets: waits,
  },

  // The router.
  subgraph_fetch_duration_seconds: {
    type: 'histogram',
    help: 'Duration of a fetch from a subgraph. outcome is ok, errors (a GraphQL response with errors), timeout, unavailable, or aborted (nobody waited for it any longer).',
    labels: ['subgraph', 'outcome'],
    buckets: waits,
  },
  router_operation_cost: {
    type: 'histogram',
    help: 'Estimated cost of an operation, also of one that is refused for it; of a subscription, each event. Names as above.',
    labels: ['operation'],
    buckets: costs,
  },
  router_refusals_total: {
    type: 'counter',
    help: 'Operations refused or cut off for what they cost. reason is cost (of the operation), rate (of the client) or size (of the response). Names as above.',
    labels: ['reason', 'operation'],
  },
  router_documents_total: {
    type: 'counter',
    help: 'Lookups in the cache of parsed, validated and planned documents. result is hit or miss.',
    labels: ['result'],
  },
  router_planning_duration_seconds: {
    type: 'histogram',
    help: 'Time to parse, validate and plan a document that was not in the cache.',
    labels: [],
    buckets: waits,
  },
  router_documents_cached: {
    type: 'gauge',
    help: 'Documents in the cache of parsed, validated and planned documents.',
    labels: [],
  },
  router_documents_bytes: {
    type: 'gauge',
    help: 'About how much memory the documents in that cache take.',
    labels: [],
  },
  router_operations_running: { type: 'gauge', help: "Clients' operations that run.", labels: [] },
  router_operations_limit: {
    type: 'gauge',
    help: "How many of clients' operations may run at present.",
    labels: [],
  },
  router_operations_waiting: {
    type: 'gauge',
    help: "Clients' operations that wait until they may run.",
    labels: [],
  },
  router_operations_shed_total: {
    type: 'counter',
    help: 'Operations refused before they began: of a client that has too many (client), of too many in all (overload), while the event loop lags (lag), or after they waited (wait).',
    labels: ['reason'],
  },
  router_event_loop_lag_seconds: {
    type: 'gauge',
    help: 'How late the event loop is, as admission sees it.',
    labels: [],
  },
  router_connections_open: { type: 'gauge', help: 'Open connections of clients.', labels: [] },
  router_connections_closed_total: {
    type: 'counter',
    help: 'Connections closed by the router: for a new one (idle), not read by their client (unread), with too many requests at once (pipelined), or beyond all limits (refused).',
    labels: ['reason'],
  },
  subscriptions_open: { type: 'gauge', help: 'Open subscriptions of clients.', labels: [] },
  subscription_groups: {
    type: 'gauge',
    help: 'Groups of subscriptions that share an execution; at most so many executions per event.',
    labels: [],
  },
  subscription_upstreams: { type: 'gauge', help: 'Open subscriptions at the subgraphs.', labels: [] },
  subscription_answers_pushed_total: {
    type: 'counter',
    help: 'Results put into the queues of subscribers.',
    labels: [],
  },
  subscriptions_dropped_total: {
    type: 'counter',
    help: 'Subscriptions ended because their client was too slow.',
    labels: [],
  },
  subscriptions_resumed_total: {
    type: 'counter',
    help: 'Subscriptions that clients resumed from a cursor.',
    labels: [],
  },
  subscription_upstreams_lost_total: {
    type: 'counter',
    help: 'Connections to a subgraph lost while they carried subscriptions, which then resume from their cursors.',
    labels: ['subgraph'],
  },

  // The store.
  store_commit_duration_seconds: {
    type: 'histogram',
    help: 'Duration of a transaction, which several decisions may share. outcome is committed or failed.',
    labels: ['outcome'],
    buckets: waits,
  },
  store_commit_decisions: {
    type: 'histogram',
    help: 'Decisions that shared a transaction.',
    labels: [],
    buckets: sizes,
  },
  store_commit_retries_total: {
    type: 'counter',
    help: 'Transactions retried after a conflict or a failed decision.',
    labels: [],
  },
  events_committed_total: {
    type: 'counter',
    help: 'Events committed to the outbox.',
    labels: ['type'],
  },

  // The outbox, its relay and its stream, recorded by the publishing service.
  outbox_unpublished_events: {
    type: 'gauge',
    help: 'Events of the outbox that are not published to the stream yet.',
    labels: ['stream'],
  },
  outbox_oldest_unpublished_age_seconds: {
    type: 'gauge',
    help: 'Age of the oldest event that is not published yet; 0 when there is none.',
    labels: ['stream'],
  },
  relay_published_total: {
    type: 'counter',
    help: 'Events appended to the stream by this process, repeats after a loss included.',
    labels: ['stream'],
  },
  relay_failures_total: {
    type: 'counter',
    help: 'Failed attempts to publish the outbox.',
    labels: ['stream'],
  },
  stream_length: { type: 'gauge', help: 'Entries in the stream.', labels: ['stream'] },
  group_lag_events: {
    type: 'gauge',
    help: 'Entries of the stream that are not delivered to the group yet.',
    labels: ['stream', 'group'],
  },
  group_oldest_undelivered_age_seconds: {
    type: 'gauge',
    help: 'Age of the oldest entry that is not delivered to the group yet; 0 when there is none.',
    labels: ['stream', 'group'],
  },
  group_pending_events: {
    type: 'gauge',
    help: 'Entries delivered to the group and not acknowledged.',
    labels: ['stream', 'group'],
  },
  group_oldest_pending_age_seconds: {
    type: 'gauge',
    help: 'Age of the oldest entry that the group has not acknowledged; 0 when there is none.',
    labels: ['stream', 'group'],
  },

  // The consumer.
  events_handled_total: {
    type: 'counter',
    help: 'Attempts to handle an event. outcome is new, duplicate (it is in the inbox) or failed (it is retried, or becomes a dead letter).',
    labels: ['type', 'outcome'],
  },
  event_handling_duration_seconds: {
    type: 'histogram',
    help: 'Duration of an attempt to handle an event, its commit included.',
    labels: ['type'],
    buckets: waits,
  },
  event_delay_seconds: {
    type: 'histogram',
    help: 'Time from the making of an event until it is handled.',
    labels: ['type'],
    buckets: delays,
  },
  event_redeliveries_total: {
    type: 'counter',
    help: 'Events delivered again because they were not acknowledged.',
    labels: ['stream'],
  },
  event_retries_total: {
    type: 'counter',
    help: 'Retries after a failed attempt to handle an event. cause is transient (such as an unavailable database), timeout (it did not end) or permanent.',
    labels: ['stream', 'cause'],
  },
  dead_letters_total: { type: 'counter', help: 'Events that became dead letters.', labels: ['stream'] },
  dead_letters: { type: 'gauge', help: 'Dead letters that wait for an operator.', labels: [] },

  // Sagas, recorded by the reservation service.
  saga_outcomes_total: {
    type: 'counter',
    help: 'Reservations settled. reason is empty for a success.',
    labels: ['outcome', 'reason'],
  },
  saga_duration_seconds: {
    type: 'histogram',
    help: 'Time from the placing of a reservation until it first settled.',
    labels: ['outcome'],
    buckets: delays,
  },

  scrape_failures_total: {
    type: 'counter',
    help: 'Scrapes without some gauges, because collecting them failed or timed out.',
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
