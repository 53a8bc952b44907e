import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import {
  type LabelsArgument,
  type MetricDefinition,
  type MetricName,
  metricCatalog,
} from './metric-catalog.ts';
import { createRecent, type Recent } from './recent.ts';

/** Sets the present value of a gauge, or of a counter that another object counts; once per scrape and label values. */
export type SetValue = <Name extends MetricName<'gauge' | 'counter'>>(
  name: Name,
  value: number,
  ...labels: LabelsArgument<Name>
) => void;

/** Sets values at a scrape. */
export type Collect = (set: SetValue) => void | Promise<void>;

/** One service's metrics. */
export interface Metrics {
  add<Name extends MetricName<'counter'>>(name: Name, by: number, ...labels: LabelsArgument<Name>): void;
  /** Durations are in seconds. */
  observe<Name extends MetricName<'histogram'>>(
    name: Name,
    value: number,
    ...labels: LabelsArgument<Name>
  ): void;
  /** Calls `collect` at each scrape; a value that it does not set is absent from that scrape. Returns how to stop it. */
  onScrape(collect: Collect): () => void;
  /** All metrics in Prometheus' text format, version 0.0.4. */
  text(): Promise<string>;
  /** What was observed within the last minute, with whatever labels. */
  recent(name: MetricName<'histogram'>): Recent;
}

export interface MetricsOptions {
  /** How long a scrape waits for its collectors; default 2 seconds. */
  readonly timeoutMs?: number;
  /** In ms; default the process's clock. */
  readonly now?: () => number;
}

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** prom-client's metrics, typed by the catalogue. A metric is served once something has been recorded of it. */
export function createMetrics({
  timeoutMs = 2_000,
  now = () => performance.now(),
}: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const counter = counters(registry);
  const histogram = instruments((name) => {
    const { buckets = [], ...options }: MetricDefinition = metricCatalog[name];
    return new Histogram({ ...configOf(name, options, registry), buckets: [...buckets] });
  });
  const recent = instruments((name) => {
    const { buckets = [] }: MetricDefinition = metricCatalog[name];
    return createRecent(buckets, startedAt);
  });
  const startedAt = now();
  const collectors = new Set<Collect>();
  let scraping: Promise<string> | undefined;

  async function scrape(): Promise<string> {
    // A registry for each scrape: what was not set in this one is not there, and a late collector sets nothing in the next.
    const scraped = new Registry();
    const failures = await collectAll(collectors, setterOf(scraped), timeoutMs);
    if (failures > 0) counter('scrape_failures_total').inc({}, 1);
    return (await registry.metrics()) + (await scraped.metrics());
  }

  return {
    add: (name, by, ...[labels]) => counter(name).inc(labels ?? {}, by),
    observe: (name, value, ...[labels]) => {
      histogram(name).observe(labels ?? {}, value);
      recent(name).observe(value, now());
    },
    recent: (name) => recent(name).at(now()),
    onScrape: (collect) => {
      collectors.add(collect);
      return () => collectors.delete(collect);
    },
    text: () => {
      scraping ??= scrape().finally(() => {
        scraping = undefined;
      });
      return scraping;
    },
  };
}

const counters = (registry: Registry) =>
  instruments((name) => new Counter(configOf(name, metricCatalog[name], registry)));

function setterOf(registry: Registry): SetValue {
  const counter = counters(registry);
  const gauge = instruments((name) => new Gauge(configOf(name, metricCatalog[name], registry)));
  return (name, value, ...[labels]) => {
    if (metricCatalog[name].type === 'counter') counter(name).inc(labels ?? {}, value);
    else gauge(name).set(labels ?? {}, value);
  };
}

const configOf = (name: string, { help, labels }: MetricDefinition, registry: Registry) => ({
  name,
  help,
  labelNames: labels,
  registers: [registry],
});

/** Makes each metric's instrument when it is first used. */
function instruments<Instrument>(make: (name: MetricName) => Instrument): (name: MetricName) => Instrument {
  const made = new Map<MetricName, Instrument>();
  return (name) => {
    const known = made.get(name);
    if (known) return known;
    const instrument = make(name);
    made.set(name, instrument);
    return instrument;
  };
}

/** Returns how many of them failed, or took too long. */
async function collectAll(collectors: Iterable<Collect>, set: SetValue, timeoutMs: number): Promise<number> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  timeout.catch(() => {});
  const timer = setTimeout(() => reject(new Error(`No value within ${timeoutMs} ms.`)), timeoutMs);
  const collected = await Promise.allSettled(
    [...collectors].map((collect) => Promise.race([Promise.try(collect, set), timeout])),
  );
  clearTimeout(timer);
  return collected.filter(({ status }) => status === 'rejected').length;
}

/** Metrics that record nothing. */
export const noMetrics: Metrics = {
  add: () => {},
  observe: () => {},
  onScrape: () => () => {},
  text: async () => '',
  recent: () => ({ perSecond: 0, p95: undefined }),
};
